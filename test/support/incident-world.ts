import { onTestFinished } from 'vitest';
import { createCatalog } from '../../src/adapters/playbooks/create-catalog.ts';
import { createRedisEventStore } from '../../src/adapters/redis/event-store.ts';
import type { Person } from '../../src/domain/actor.ts';
import type { IncidentCommand } from '../../src/domain/incident/actions/commands.ts';
import type { Incident } from '../../src/domain/incident/incident.ts';
import { actOnIncident } from '../../src/engine/incident/act.ts';
import { type Declaration, declareIncident } from '../../src/engine/incident/declare.ts';
import { type FollowingIncidents, followIncident } from '../../src/engine/incident/follow.ts';
import type { FollowOn, WorkOf } from '../../src/engine/reactions/jobs.ts';
import { incidentEvents, loadIncident } from '../../src/engine/streams/incidents.ts';
import { aFolder, SOUND_PLAYBOOK, SOUND_TEAM } from './configuration-folder.ts';
import { gitFor } from './git-adapter.ts';
import { createTestRepository } from './git-repository.ts';
import { noChannels } from './no-channels.ts';
import { testRedis } from './redis.ts';

export const RESPONDER: Person = { id: 'U1RESPONDER', roles: ['responder'] };
export const APPROVER: Person = { id: 'U2APPROVER', roles: ['approver'] };
export const NOBODY: Person = { id: 'U9NOBODY', roles: [] };

const START = Date.parse('2030-03-01T03:00:00.000Z');

export type IncidentWorld = Awaited<ReturnType<typeof anIncidentWorld>>;

/**
 * All that follows incidents, with real parts: Redis, and git with releases v1.0.0 and v1.1.0. The clock is the
 * test's own, and what is put into the queue is written down. `files` are in the newer release alone.
 */
export async function anIncidentWorld({ files = {} }: { readonly files?: Record<string, string> } = {}) {
  const repository = await createTestRepository();
  onTestFinished(() => repository.remove());
  await repository.commit('Release 1.0', { version: '1.0\n', 'db/migrations/1.sql': 'create\n' });
  await repository.git('tag', 'v1.0.0');
  await repository.commit('Release 1.1', { version: '1.1\n', ...files });
  await repository.git('tag', 'v1.1.0');
  await repository.push();
  const root = await aFolder({
    'walkback.yml': teamOf(repository.remote),
    'playbooks/undo.yml': SOUND_PLAYBOOK,
  });

  const store = createRedisEventStore(testRedis());
  const time = { now: START };
  const added: { readonly work: FollowOn; readonly cause: string }[] = [];
  const deps: FollowingIncidents = {
    ...noChannels,
    store,
    clock: { now: () => time.now },
    catalog: createCatalog({ root }),
    git: gitFor(repository),
    queue: {
      add: async (work, cause) => {
        added.push({ work, cause });
      },
    },
  };

  const load = async (id = 'INC-1'): Promise<Incident> => {
    const incident = await loadIncident(deps, id);
    if (incident === undefined) throw new Error(`no ${id}`);
    return incident;
  };
  return {
    ...{ deps, store, repository, root, time, added, load },
    /** Sets the clock, in minutes since the beginning. */
    at: (minutes: number) => {
      time.now = START + minutes * 60_000;
    },
    /** Another than whatever is open, unless said otherwise. */
    declare: async (declaration: Partial<Declaration> = {}, person = RESPONDER) =>
      declareIncident(deps, {
        ...{ title: 'Checkout fails', severity: 'P0', services: ['shop'], impact: 'Nobody can pay' },
        ...{ usersAffected: 60, startedAt: new Date(START).toISOString(), commander: null, source: null },
        distinctFrom: [...(await store.open('incident'))],
        ...declaration,
        person,
      }),
    act: (command: IncidentCommand, person = RESPONDER, incident = 'INC-1') =>
      actOnIncident(deps, { incident, person, command }),
    follow: (work: WorkOf<'incident'>) => followIncident(deps, work),
    /** Has INC-1 know what is deployed. */
    look: (warn: string | null = null) =>
      followIncident(deps, {
        kind: 'look-at-deployed',
        ...{ incident: 'INC-1', warn, tries: 0, at: null },
      }),
    /** A timer of INC-1 goes off, or somebody looks at its timers. */
    due: (at: string | null = null) => followIncident(deps, { kind: 'incident-due', incident: 'INC-1', at }),
    /** Types of the events of an incident, in order. */
    types: async (id = 'INC-1') => (await incidentEvents(deps, id)).map(({ type }) => type),
    /** When the timer that was set last goes off. */
    nextTimer: () => {
      const last = added.at(-1)?.work;
      return last?.kind === 'incident-due' ? last.at : undefined;
    },
  };
}

const teamOf = (repository: string): string =>
  SOUND_TEAM.replace('https://git.example.com/shop.git', repository)
    .replace('roles:\n', 'roles:\n  on-call: [U4ONCALL]\n  manager: [U5MANAGER]\n')
    .replace(
      /P3: .*/,
      `P3:
    title: Low
    criteria: Hardly seen
    rollback: { decision: next-deployment }
    approval: { roles: [approver] }`,
    )
    .concat(
      "      staging: { directory: /srv/staging, variables: { HEALTH_URL: 'https://staging.example.com' } }\n",
    )
    .replace(
      /P0: .*/,
      `P0:
    title: Critical
    criteria: All is down
    respondWithin: 15m
    rollback: { decision: automatic }
    approval: { roles: [approver] }
    ladder: [{ role: on-call, after: 0m }, { role: manager, after: 45m }]`,
    );
