import { systemActor } from '../../domain/actor.ts';
import type { Commit } from '../../domain/git/git-facts.ts';
import { isLate } from '../../domain/incident/deployed.ts';
import type { IncidentEventBody } from '../../domain/incident/events.ts';
import {
  type Incident,
  isOver,
  isRollbackPlanned,
  servicesToRollBack,
} from '../../domain/incident/incident.ts';
import { accept } from '../../domain/incident/may-work.ts';
import type { NamedCommit } from '../../domain/incident/named-commit.ts';
import type { Service } from '../../domain/team/team.ts';
import { repositoryOf } from '../plan/repository-of.ts';
import { readServiceState } from '../plan/service-state.ts';
import { type Git, GitTroubled } from '../ports/git.ts';
import type { Requesting } from '../run/request.ts';
import { changeIncident, loadIncident } from '../streams/incidents.ts';

/** What is deployed of a service now; unknown while its repository can't be reached. */
type Found =
  | { readonly kind: 'deployed'; readonly version: NamedCommit; readonly target: NamedCommit | null }
  | { readonly kind: 'unknown' };

/**
 * Has an incident know what is deployed of its services: notes what it doesn't know yet, and where it waits to roll
 * back by itself, what has changed since the declaration. Says whether git could be asked for all; asking again
 * changes nothing that is known.
 */
export async function lookAtDeployed(deps: Requesting, id: string): Promise<'seen' | 'unknown'> {
  const incident = await loadIncident(deps, id);
  if (incident === undefined || isOver(incident)) return 'seen';
  const compared = isRollbackPlanned(incident) ? servicesToRollBack(incident) : [];
  let answer: 'seen' | 'unknown' = 'seen';
  for (const service of incident.services) {
    const isKnown = Object.hasOwn(incident.deployed, service);
    if (isKnown && !compared.includes(service)) continue;
    const found = isKnown
      ? await hasMoved(deps, incident, service)
      : await noteDeployed(deps, incident, service);
    if (found === 'unknown') answer = 'unknown';
  }
  return answer;
}

type Compared =
  | { readonly kind: 'same'; readonly head: string }
  | { readonly kind: 'moved' }
  | { readonly kind: 'unknown' };

/**
 * Whether what was deployed of a service when its incident was declared is there no more, which is put on record;
 * compared by content, so that a commit that changes nothing is no change. Unknown where it never was known, or git
 * can't be asked. `head` is the hash that was compared.
 */
export async function compareDeployed(deps: Requesting, incident: Incident, name: string): Promise<Compared> {
  const service = await serviceOf(deps, name);
  const known = incident.deployed[name];
  if (service === undefined || known === undefined) return { kind: 'unknown' };
  if (known.moved !== null) return { kind: 'moved' };
  const ref = repositoryOf(service);
  return whereReachable<Compared>({ kind: 'unknown' }, async () => {
    const head = await deps.git.fetchHead(ref);
    if (await hasContentOf(deps.git, service, { head, version: known.version }))
      return { kind: 'same', head: head.hash };
    const found = await findDeployed(deps, name);
    if (found.kind === 'unknown') return found;
    const { version, target } = found;
    await append(deps, incident.id, { type: 'deployed.moved', payload: { service: name, version, target } });
    return { kind: 'moved' };
  });
}

const hasMoved = async (deps: Requesting, incident: Incident, service: string) =>
  (await compareDeployed(deps, incident, service)).kind;

async function noteDeployed(deps: Requesting, incident: Incident, name: string): Promise<Found['kind']> {
  const service = await serviceOf(deps, name);
  // Taken out of walkback.yml since: nothing is rolled back of it either.
  if (service === undefined) return 'deployed';
  const found = await findDeployed(deps, name);
  if (found.kind === 'unknown') return found.kind;
  const { version, target } = found;
  const environment = Object.keys(service.environments)[0] ?? '';
  await changeIncident(deps, {
    incident: incident.id,
    actor: systemActor('git'),
    decide: (state, now) =>
      Object.hasOwn(state.deployed, name) || state.deployedAsOf !== incident.deployedAsOf
        ? accept()
        : accept({
            type: 'deployed.noted',
            payload: { service: name, environment, version, target, late: isLate(state, now) },
          }),
  });
  return found.kind;
}

async function findDeployed(deps: Requesting, service: string): Promise<Found> {
  const state = await readServiceState(deps, { service });
  if (state.kind === 'refused') return { kind: 'unknown' };
  const { deployed, previous } = state;
  return {
    kind: 'deployed',
    version: namedCommit(deployed),
    target: previous ? namedCommit(previous) : null,
  };
}

async function hasContentOf(
  git: Git,
  service: Service,
  { head, version }: { readonly head: Commit; readonly version: NamedCommit },
): Promise<boolean> {
  if (head.hash === version.hash) return true;
  const between = { target: version.hash, head: head.hash, paths: [] };
  const range = await git.describeRange(repositoryOf(service), between);
  return range.fileCount === 0;
}

async function append(deps: Requesting, id: string, event: IncidentEventBody & { type: 'deployed.moved' }) {
  const { service } = event.payload;
  await changeIncident(deps, {
    incident: id,
    actor: systemActor('git'),
    decide: (state) =>
      isOver(state) || (state.deployed[service]?.moved ?? null) !== null ? accept() : accept(event),
  });
}

async function serviceOf({ catalog }: Requesting, name: string): Promise<Service | undefined> {
  const { services } = await catalog.team();
  return Object.hasOwn(services, name) ? services[name] : undefined;
}

async function whereReachable<Answer>(otherwise: Answer, ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof GitTroubled) return otherwise;
    throw error;
  }
}

const namedCommit = ({ hash, release }: Commit): NamedCommit => ({ hash, release });
