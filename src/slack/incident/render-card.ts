import type { Incident } from '../../domain/incident/incident.ts';
import { hasStarted, type Run } from '../../domain/run/run.ts';
import type { Team } from '../../domain/team/team.ts';
import { loadRun } from '../../engine/streams/runs.ts';
import { permalinkOf } from '../connection/read-message.ts';
import type { Delivering } from '../delivery/delivering.ts';
import type { Message } from '../kit/block-kit.ts';
import { runCardKey } from '../run/card-key.ts';
import { peopleNeeded } from '../run/people-needed.ts';
import { type IncidentCardParts, incidentCard } from './card.ts';
import type { ShownRun } from './waiting.ts';

type Reading = Pick<Delivering, 'store' | 'catalog' | 'people' | 'messages' | 'client'>;

/** An incident's card as it is to be now. */
export const renderIncidentCard = async (deps: Reading, incident: Incident): Promise<Message> =>
  incidentCard(incident, await incidentCardParts(deps, incident));

/** What a card says of an incident beside its own state: policy, names, runs, roles without people. */
export async function incidentCardParts(deps: Reading, incident: Incident): Promise<IncidentCardParts> {
  const { store, catalog } = deps;
  const team = await catalog.team();
  const policy = team.severities[incident.severity];
  const runs = await Promise.all(incident.runs.map(({ run }) => loadRun({ store }, run)));
  return {
    policy,
    serviceTitles: incident.services.map((service) => team.services[service]?.title ?? service),
    playbooks: incident.automaticRollback === null ? [] : await playbooksOf(deps, incident, team),
    runs: await Promise.all(runs.flatMap((run) => (run === undefined ? [] : [shown(deps, run, team)]))),
    emptyRoles: await emptyRoles(deps, incident, team),
  };
}

async function shown({ messages, client }: Reading, run: Run, team: Team): Promise<ShownRun> {
  const { mayApprove, needed } = peopleNeeded(run, team);
  const card = await messages.get(runCardKey(run, hasStarted(run) ? 'run' : 'approval'));
  return {
    run,
    people: run.status === 'awaiting_approval' ? mayApprove : needed,
    link: card === undefined ? '' : await permalinkOf(client, card),
  };
}

async function playbooksOf({ catalog }: Reading, incident: Incident, team: Team) {
  const known = incident.services.flatMap((id) => {
    const service = team.services[id];
    return service === undefined ? [] : [{ id, service }];
  });
  return Promise.all(
    known.map(
      async ({
        id,
        service: {
          title,
          playbooks: [first = ''],
        },
      }) => ({
        ...{ id, service: title },
        playbook: (await catalog.playbook(first))?.playbook.title ?? first,
      }),
    ),
  );
}

/** Said before it matters: whoever would be called in isn't there. */
async function emptyRoles({ people }: Reading, { ladder }: Incident, team: Team): Promise<readonly string[]> {
  const waiting = ladder.filter(({ reachedAt }) => reachedAt === null).map(({ role }) => role);
  const members = await Promise.all(
    waiting.map(async (role) => ({ role, ...(await people.membersOf(team, role)) })),
  );
  return members.filter(({ users, unsure }) => users.length === 0 && !unsure).map(({ role }) => role);
}
