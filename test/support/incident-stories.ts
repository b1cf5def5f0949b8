import fc from 'fast-check';
import type { Person } from '../../src/domain/actor.ts';
import type { IncidentCommand } from '../../src/domain/incident/actions/commands.ts';
import {
  type IncidentEvent,
  type IncidentEventPayload,
  type IncidentEventType,
  IncidentRole,
  WorkingStatus,
} from '../../src/domain/incident/events.ts';
import type { Incident } from '../../src/domain/incident/incident.ts';
import type { IncidentDecision } from '../../src/domain/incident/may-work.ts';
import { decideRollbackBlocked } from '../../src/domain/incident/rollback-blocked.ts';
import { decideVerified } from '../../src/domain/incident/rollback-verified.ts';
import type { Schedule } from '../../src/domain/incident/schedule.ts';
import { Severity } from '../../src/domain/severity.ts';
import { shippedTeam } from './shipped-team.ts';
import { type SimulatedIncident, simulateIncident } from './simulate-incident.ts';

const team = await shippedTeam();
export const ADMINS = team.severities.P0.approval.roles;
export const PEOPLE: readonly Person[] = [
  { id: 'U0RESPONDER', roles: ['responder'] },
  { id: 'U0ONCALL', roles: ['on-call', 'admin'] },
  { id: 'U0SENIOR', roles: ['senior-admin', 'admin'] },
  { id: 'U0COMMANDER', roles: [] },
  { id: 'U0NOBODY', roles: [] },
];
const WORKER = { kind: 'system', name: 'runs' } as const;
export const minute = 60_000;

type Move = (incident: SimulatedIncident, answered: (decision: IncidentDecision) => void) => void;

const person = fc.constantFrom(...PEOPLE);
const severity = fc.constantFrom(...Severity.options);
const reason = fc.constantFrom('because', 'because', 'because', ' ');
const run = fc.constantFrom('RUN-1', 'RUN-2', 'RUN-3');
const text = fc.constantFrom('Found it', 'Found it', '');

const acting: fc.Arbitrary<IncidentCommand> = fc.oneof(
  { weight: 2, arbitrary: fc.constant({ press: 'acknowledge' } as const) },
  {
    weight: 5,
    arbitrary: fc
      .record({ status: fc.constantFrom(...WorkingStatus.options), done: text })
      .map((given) => ({ press: 'update', ...given, next: '', eta: '' }) as const),
  },
  {
    weight: 4,
    arbitrary: fc
      .record({ role: fc.constantFrom(...IncidentRole.options), user: person.map(({ id }) => id) })
      .map(({ role, user }) => ({ press: 'take-role', roles: { [role]: user } }) as const),
  },
  {
    weight: 4,
    arbitrary: fc
      .record({ forMs: fc.constantFrom(-minute, 0, minute, 20 * minute, 90 * minute), reason })
      .map((given) => ({ press: 'hold-ladder', ...given }) as const),
  },
  { weight: 3, arbitrary: reason.map((why) => ({ press: 'hold-rollback', reason: why }) as const) },
  { weight: 2, arbitrary: fc.constant({ press: 'roll-back' } as const) },
  { weight: 3, arbitrary: fc.constant({ press: 'release-ladder' } as const) },
  { weight: 3, arbitrary: fc.constant({ press: 'release-rollback' } as const) },
  { weight: 3, arbitrary: fc.constant({ press: 'set-monitoring' } as const) },
  {
    weight: 1,
    arbitrary: fc.constant({
      ...{ press: 'note', text: 'look', by: 'U0ONE', permalink: '' },
      message: { channel: 'C0INCIDENTS', ts: '1.2' },
    } as const),
  },
  { weight: 2, arbitrary: reason.map((summary) => ({ press: 'resolve', summary }) as const) },
);

const pause = fc.constantFrom(
  0,
  1,
  minute,
  4 * minute,
  10 * minute,
  35 * minute,
  5 * 60 * minute,
  26 * 60 * minute,
);
const byPerson = (command: fc.Arbitrary<IncidentCommand>): fc.Arbitrary<Move> =>
  fc.record({ person, command }).map(
    ({ person: who, command: what }): Move =>
      (incident, answered) =>
        answered(incident.act(who, what)),
  );

const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 24, arbitrary: byPerson(acting) },
  {
    weight: 4,
    arbitrary: byPerson(
      fc.record({ to: severity, reason }).map((given) => ({ press: 'change-severity', ...given }) as const),
    ),
  },
  { weight: 4, arbitrary: byPerson(reason.map((why) => ({ press: 'reopen', reason: why }) as const)) },
  { weight: 1, arbitrary: byPerson(fc.constant({ press: 'merge', into: 'INC-9' } as const)) },
  {
    weight: 20,
    arbitrary: pause.map(
      (time): Move =>
        (incident) =>
          incident.advanceTo(incident.now() + time),
    ),
  },
  {
    weight: 8,
    arbitrary: pause.map(
      (time): Move =>
        (incident) =>
          incident.sleepTo(incident.now() + time),
    ),
  },
  { weight: 3, arbitrary: run.map(linkRun) },
  {
    weight: 4,
    arbitrary: fc
      .record({
        run,
        status: fc.constantFrom('succeeded', 'failed', 'denied', 'expired'),
        proven: fc.boolean(),
        target: fc.constant('v1.3.0'),
        paths: fc.constantFrom<string[]>([], ['apps/web']),
      })
      .map(
        (payload): Move =>
          (incident) =>
            settleRun(incident, payload),
      ),
  },
  { weight: 2, arbitrary: fc.constant<Move>(rollbackFindsMigration) },
  { weight: 3, arbitrary: pause.map(holdAndRelease) },
);

/** As the engine does it: a run that goes on has begun. */
function linkRun(id: string): Move {
  return (incident) => {
    const linked = { run: id, service: 'shop', environment: null };
    incident.append(WORKER, { type: 'run.linked', payload: linked });
    const known = incident.incident().runs.find(({ run: other }) => other === id);
    if (known?.status === null && !known.begun)
      incident.append(WORKER, { type: 'run.began', payload: { run: id } });
    const news = incident.incident().runs.find(({ run: known }) => known === id);
    if (news?.status === null) tellOf(incident, { ...news, proven: false });
  };
}

const tellOf = (incident: SimulatedIncident, news: Parameters<typeof decideVerified>[1]): void =>
  incident.append(WORKER, ...decideVerified(incident.incident(), news));

/** Whoever is in command holds the ladder, and some time later takes that back. */
function holdAndRelease(time: number): Move {
  return (incident, answered) => {
    const who = PEOPLE.find(({ id }) => id === incident.incident().roles.commander);
    if (who === undefined) return;
    answered(incident.act(who, { press: 'hold-ladder', forMs: 20 * minute, reason: 'because' }));
    incident.advanceTo(incident.now() + time);
    answered(incident.act(who, { press: 'release-ladder' }));
  };
}

/** The same of the end of the first that goes on: it is heard of once. */
function settleRun(incident: SimulatedIncident, payload: IncidentEventPayload<'run.settled'>): void {
  const known = incident.incident().runs.find(({ status }) => status === null);
  if (known === undefined) return;
  const { run: id } = known;
  incident.append(WORKER, { type: 'run.settled', payload: { ...payload, run: id } });
  const hasBegun = payload.status === 'succeeded' || payload.status === 'failed';
  const proven = payload.proven && payload.status === 'succeeded';
  if (hasBegun) tellOf(incident, { ...known, proven });
}

/** As the engine does it: a rollback that was triggered needs a person. */
function rollbackFindsMigration(
  incident: SimulatedIncident,
  answered: (decision: IncidentDecision) => void,
): void {
  if (incident.incident().automaticRollback?.outcome !== 'triggered') return;
  const decision = decideRollbackBlocked(incident.incident(), { service: 'shop', why: 'a migration' });
  if (decision.kind === 'accepted') incident.append(WORKER, ...decision.events);
  answered(decision);
}

/** What happened to one incident, and what was decided on the way. */
export type Story = {
  readonly events: readonly IncidentEvent[];
  readonly decisions: readonly IncidentDecision[];
  /** How it stood after each move, and when that was (ms). */
  readonly stood: readonly { readonly incident: Incident; readonly now: number }[];
};

/** What people, runs and time may do to an incident, in any order. */
export const stories: fc.Arbitrary<Story> = fc
  .record({
    first: fc.constantFrom(...Severity.options, 'P0' as const, 'P0' as const),
    commander: fc.option(fc.constant('U0COMMANDER')),
    moves: fc.array(move, { minLength: 1, maxLength: 40, size: 'max' }),
  })
  .map(({ first, commander, moves }) => {
    const incident = simulateIncident({ team, severity: first, commander });
    const decisions: IncidentDecision[] = [];
    const stood = moves.map((next) => {
      next(incident, (decision) => decisions.push(decision));
      return { incident: incident.incident(), now: incident.now() };
    });
    return { events: incident.events(), decisions, stood };
  });

/** A property of every story. */
export const hold = (check: (story: Story) => void) =>
  fc.assert(fc.property(stories, check), { numRuns: 1_000 });

export const isOf = <Type extends IncidentEventType>(
  event: IncidentEvent,
  type: Type,
): event is IncidentEvent & { readonly type: Type } => event.type === type;
export const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** A schedule that applies from this event on. */
export const scheduleIn = (event: IncidentEvent): Schedule | undefined =>
  isOf(event, 'incident.declared') || isOf(event, 'severity.changed') || isOf(event, 'incident.reopened')
    ? event.payload.schedule
    : undefined;

/** The status that an event alone says, without the fold. */
export const statusIn = (event: IncidentEvent): string | undefined => {
  if (isOf(event, 'incident.updated')) return event.payload.status;
  if (isOf(event, 'incident.resolved')) return 'resolved';
  if (isOf(event, 'incident.closed') || isOf(event, 'incident.merged')) return 'closed';
  return isOf(event, 'incident.reopened') ? 'investigating' : undefined;
};
