import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Person } from '../../../../src/domain/actor.ts';
import { decideDue, nextDue } from '../../../../src/domain/incident/due.ts';
import {
  type IncidentEvent,
  type IncidentEventType,
  IncidentRole,
  parseIncidentEvent,
  WorkingStatus,
} from '../../../../src/domain/incident/events.ts';
import { evolveIncident, foldIncident } from '../../../../src/domain/incident/evolve.ts';
import { type Incident, isMitigated } from '../../../../src/domain/incident/incident.ts';
import {
  decideAcknowledge,
  decideChangeSeverity,
  decideGoNow,
  decideHoldLadder,
  decideHoldRollback,
  decideMerge,
  decideNote,
  decideReopen,
  decideResolve,
  decideRollbackBlocked,
  decideTakeRole,
  decideUpdate,
  type IncidentDecision,
} from '../../../../src/domain/incident/may-work.ts';
import type { Schedule } from '../../../../src/domain/incident/schedule.ts';
import { Severity } from '../../../../src/domain/severity.ts';
import { shippedTeam } from '../../../support/shipped-team.ts';
import { type Ask, type SimulatedIncident, simulateIncident } from '../../../support/simulate-incident.ts';

const team = await shippedTeam();
const ADMINS = team.severities.P0.approval.roles;
const PEOPLE: readonly Person[] = [
  { id: 'U0RESPONDER', roles: ['responder'] },
  { id: 'U0ONCALL', roles: ['on-call', 'admin'] },
  { id: 'U0SENIOR', roles: ['senior-admin', 'admin'] },
  { id: 'U0COMMANDER', roles: [] },
  { id: 'U0NOBODY', roles: [] },
];
const WORKER = { kind: 'system', name: 'runs' } as const;
const minute = 60_000;

type Move = (incident: SimulatedIncident, answered: (decision: IncidentDecision) => void) => void;

const person = fc.constantFrom(...PEOPLE);
const severity = fc.constantFrom(...Severity.options);
const reason = fc.constantFrom('because', 'because', 'because', ' ');
const run = fc.constantFrom('RUN-1', 'RUN-2', 'RUN-3');
const text = fc.constantFrom('Found it', 'Found it', '');

const asking = fc.oneof(
  { weight: 2, arbitrary: fc.constant<Ask>(decideAcknowledge) },
  {
    weight: 5,
    arbitrary: fc.record({ status: fc.constantFrom(...WorkingStatus.options), done: text }).map(
      (given): Ask =>
        (state, by) =>
          decideUpdate(state, { ...by, ...given, next: '', eta: '' }),
    ),
  },
  {
    weight: 4,
    arbitrary: fc
      .record({ role: fc.constantFrom(...IncidentRole.options), user: person.map(({ id }) => id) })
      .map(
        (given): Ask =>
          (state, by) =>
            decideTakeRole(state, { ...by, ...given }),
      ),
  },
  {
    weight: 4,
    arbitrary: fc
      .record({ forMs: fc.constantFrom(-minute, 0, minute, 20 * minute, 90 * minute), reason })
      .map(
        (given): Ask =>
          (state, by) =>
            decideHoldLadder(state, { ...by, ...given }),
      ),
  },
  {
    weight: 3,
    arbitrary: reason.map(
      (why): Ask =>
        (state, by) =>
          decideHoldRollback(state, { ...by, reason: why }),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constant<Ask>((state, by) =>
      decideGoNow(state, { ...by, mayApprove: team.severities[state.severity].approval.roles }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constant<Ask>((state, by) => {
      const message = { channel: 'C0INCIDENTS', ts: '1.2' };
      return decideNote(state, { ...by, text: 'look', by: 'U0ONE', permalink: '', message });
    }),
  },
  {
    weight: 2,
    arbitrary: reason.map(
      (summary): Ask =>
        (state, by) =>
          decideResolve(state, { ...by, summary }),
    ),
  },
);
const merging: Ask = (state, by) => decideMerge(state, { ...by, into: 'INC-9' });

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
const byPerson =
  (who: Person, ask: Ask): Move =>
  (incident, answered) =>
    answered(incident.ask(who, ask));

const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 24,
    arbitrary: fc.record({ person, ask: asking }).map(({ person: who, ask }) => byPerson(who, ask)),
  },
  {
    weight: 4,
    arbitrary: fc.record({ person, to: severity, reason }).map(
      ({ person: who, ...given }): Move =>
        (incident, answered) => {
          const schedule = incident.scheduleNow(given.to);
          answered(
            incident.ask(who, (state, by) => decideChangeSeverity(state, { ...by, ...given, schedule })),
          );
        },
    ),
  },
  {
    weight: 4,
    arbitrary: fc.record({ person, reason }).map(
      ({ person: who, ...given }): Move =>
        (incident, answered) => {
          const schedule = incident.scheduleNow(incident.incident().severity);
          answered(incident.ask(who, (state, by) => decideReopen(state, { ...by, ...given, schedule })));
        },
    ),
  },
  { weight: 1, arbitrary: fc.record({ person }).map(({ person: who }) => byPerson(who, merging)) },
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
  { weight: 2, arbitrary: run.map(linkRun) },
  {
    weight: 2,
    arbitrary: fc.record({ run, status: fc.constantFrom('succeeded', 'failed', 'denied', 'expired') }).map(
      (payload): Move =>
        (incident) =>
          incident.append(WORKER, { type: 'run.settled', payload }),
    ),
  },
  { weight: 2, arbitrary: fc.constant<Move>(rollbackFindsMigration) },
);

function linkRun(id: string): Move {
  return (incident) => incident.append(WORKER, { type: 'run.linked', payload: { run: id, service: 'shop' } });
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

type Story = {
  readonly events: readonly IncidentEvent[];
  readonly decisions: readonly IncidentDecision[];
  /** How it stood after each move, and when that was (ms). */
  readonly stood: readonly { readonly incident: Incident; readonly now: number }[];
};

const stories: fc.Arbitrary<Story> = fc
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

const hold = (check: (story: Story) => void) => fc.assert(fc.property(stories, check), { numRuns: 1_000 });

const isOf = <Type extends IncidentEventType>(
  event: IncidentEvent,
  type: Type,
): event is IncidentEvent & { readonly type: Type } => event.type === type;
const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** A schedule that applies from this event on. */
const scheduleIn = (event: IncidentEvent): Schedule | undefined =>
  isOf(event, 'incident.declared') || isOf(event, 'severity.changed') || isOf(event, 'incident.reopened')
    ? event.payload.schedule
    : undefined;

/** The status that an event alone says, without the fold. */
const statusIn = (event: IncidentEvent): string | undefined => {
  if (isOf(event, 'incident.updated')) return event.payload.status;
  if (isOf(event, 'incident.resolved')) return 'resolved';
  if (isOf(event, 'incident.closed') || isOf(event, 'incident.merged')) return 'closed';
  return isOf(event, 'incident.reopened') ? 'investigating' : undefined;
};

describe('whatever people, runs and time do to an incident, in whatever order', { timeout: 60_000 }, () => {
  it('stories reach everything that can happen, or the other properties would prove nothing', () => {
    const seen = new Set(
      fc
        .sample(stories, { numRuns: 1_500, seed: 7 })
        .flatMap(({ events, decisions }) => [
          ...events.map(({ type, payload }) => ('because' in payload ? `${type} ${payload.because}` : type)),
          ...decisions.flatMap((decision) => (decision.kind === 'refused' ? [decision.refusal.reason] : [])),
        ]),
    );
    const never: readonly string[] = [
      'incident.absorbed',
      'channel.opened',
      'channel.incomplete',
      'press.refused',
    ];
    expect([...seen].filter((name) => never.includes(name))).toEqual([]);
    expect([...seen]).toEqual(
      expect.arrayContaining([
        ...['update.asked', 'update.missed', 'roles.asked-again', 'response.overdue', 'decision.due'],
        ...[
          'escalation.reached time',
          'escalation.reached not-acknowledged',
          'escalation.reached rollback-blocked',
        ],
        ...[
          'rollback.warned',
          'rollback.held',
          'rollback.triggered',
          'rollback.stood-down',
          'rollback.blocked',
        ],
        ...[
          'escalation.held',
          'incident.merged',
          'incident.reopened',
          'incident.closed',
          'incident.acknowledged',
        ],
        ...['incident-over', 'incident-closed', 'not-resolved', 'already-acknowledged', 'same-severity'],
        ...['role-taken', 'not-commander', 'nothing-to-hold', 'nothing-to-start', 'already-started'],
        ...['not-permitted', 'missing-reason', 'bad-parameter'],
      ]),
    );
  });

  it('an automatic rollback is never triggered while held, mitigated or over, nor twice by one schedule', () => {
    hold(({ events }) => {
      let held = false;
      let status = 'investigating';
      let triggered = 0;
      let planned: Schedule['automaticRollback'] = null;
      for (const event of events) {
        const schedule = scheduleIn(event);
        if (schedule) [planned, held, triggered] = [schedule.automaticRollback, false, 0];
        status = statusIn(event) ?? status;
        if (event.type === 'rollback.held') held = true;
        if (!isOf(event, 'rollback.triggered')) continue;
        triggered += 1;
        expect([triggered, status === 'monitoring' || status === 'resolved' || status === 'closed']).toEqual([
          1,
          false,
        ]);
        expect(planned).not.toBeNull();
        if (event.payload.rule === 'automatic') {
          expect(held).toBe(false);
          expect(event.at >= (planned?.at ?? '')).toBe(true);
        }
      }
    });
  });

  it('Go now is pressed by those alone who may approve, and holding the ladder by the commander', () => {
    hold(({ events }) => {
      let commander: string | null = null;
      for (const event of events) {
        if (isOf(event, 'incident.declared')) commander = event.payload.commander;
        if (isOf(event, 'role.taken') && event.payload.role === 'commander') commander = event.payload.user;
        const who = PEOPLE.find(({ id }) => event.actor.kind === 'user' && id === event.actor.id);
        if (isOf(event, 'rollback.triggered') && event.payload.rule === 'go-now')
          expect(who?.roles.some((role) => ADMINS.includes(role))).toBe(true);
        if (event.type === 'escalation.held') expect(who?.id).toBe(commander);
      }
    });
  });

  it('nobody is called in while the ladder is held or the harm has stopped, and nobody twice', () => {
    hold(({ events }) => {
      let heldUntil = '';
      let status = 'investigating';
      const told: string[] = [];
      for (const event of events) {
        status = statusIn(event) ?? status;
        if (isOf(event, 'escalation.held')) heldUntil = event.payload.until;
        if (event.type === 'incident.resolved') heldUntil = '';
        if (!isOf(event, 'escalation.reached')) continue;
        told.push(event.payload.role);
        expect(['monitoring', 'resolved', 'closed']).not.toContain(status);
        if (event.payload.because !== 'rollback-blocked') expect(event.at >= heldUntil).toBe(true);
      }
      expect(new Set(told).size).toBe(told.length);
    });
  });

  it('no timer goes off before its time', () => {
    hold(({ events }) => {
      let schedule: Schedule | undefined;
      let closesAt = '';
      for (const event of events) {
        schedule = scheduleIn(event) ?? schedule;
        if (isOf(event, 'incident.resolved')) closesAt = event.payload.closesAt;
        expect(event.at >= notBefore(event, { schedule, closesAt, declaredAt: events[0]?.at ?? '' })).toBe(
          true,
        );
      }
    });
  });

  it('warnings come before the start that they warn of', () => {
    hold(({ events }) => {
      let started = false;
      for (const event of events) {
        if (scheduleIn(event)) started = false;
        if (event.type === 'rollback.triggered') started = true;
        if (!isOf(event, 'rollback.warned')) continue;
        expect(started).toBe(false);
        expect(event.at < event.payload.startsAt).toBe(true);
      }
    });
  });

  it('nothing but closing, reopening and news of runs comes after the resolution', () => {
    const allowed: readonly string[] = ['incident.closed', 'incident.reopened', 'run.linked', 'run.settled'];
    hold(({ events }) => {
      let over = false;
      for (const event of events) {
        if (over) expect(allowed).toContain(event.type);
        if (statusIn(event) !== undefined) over = ['resolved', 'closed'].includes(statusIn(event) ?? '');
      }
    });
  });

  it('every command leads to events or to a named refusal', () => {
    hold(({ decisions }) => {
      for (const decision of decisions) {
        if (decision.kind === 'refused') expect(decision.refusal.reason).toMatch(/^[a-z-]+$/);
        else expect(Array.isArray(decision.events)).toBe(true);
      }
    });
  });

  it('folding the stored events again gives the same state', () => {
    hold(({ events, stood }) => {
      const again = events.map((event) => parseIncidentEvent(JSON.parse(JSON.stringify(event))));
      expect(again).toEqual(events);
      expect(foldIncident(again)).toEqual(stood.at(-1)?.incident);
    });
  });

  it('what is due gets done: looking again comes to an end, and what comes next lies ahead', () => {
    hold(({ stood }) => {
      for (const { incident, now } of stood) {
        const events = [...eventsToCome(incident, now)];
        const due = nextDue(events.reduce(foldOne, incident));
        expect(due === undefined || due > iso(now)).toBe(true);
        expect(events.length > 0).toBe((nextDue(incident) ?? '9') <= iso(now));
      }
    });
  });

  it('an open incident always has an update ahead, and a closed one nothing', () => {
    hold(({ stood }) => {
      for (const { incident } of stood) {
        if (incident.status === 'closed') expect(nextDue(incident)).toBeUndefined();
        else if (!isMitigated(incident))
          expect((nextDue(incident) ?? '9') <= incident.updateDueAt).toBe(true);
      }
    });
  });
});

/** The moment that an event of time alone must not come before; the start of time for any other. */
function notBefore(
  event: IncidentEvent,
  {
    schedule,
    closesAt,
    declaredAt,
  }: { schedule: Schedule | undefined; closesAt: string; declaredAt: string },
): string {
  const after = (instant: string | undefined, milliseconds = 0): string =>
    iso(Date.parse(instant ?? '') + milliseconds);
  switch (event.type) {
    case 'update.asked':
      return after(event.payload.dueAt, -5 * minute);
    case 'update.missed':
      return event.payload.dueAt;
    case 'roles.asked-again':
      return after(declaredAt, 10 * minute);
    case 'response.overdue':
      return schedule?.respondBy ?? '9';
    case 'decision.due':
      return schedule?.decideBy ?? '9';
    case 'rollback.warned':
      return event.payload.warnAt;
    case 'rollback.stood-down':
      return schedule?.automaticRollback?.at ?? '9';
    case 'escalation.reached':
      if (event.payload.because !== 'time') return '';
      return schedule?.ladder.find(({ role }) => role === event.payload.role)?.at ?? '9';
    case 'incident.closed':
      return closesAt;
    default:
      return '';
  }
}

/** Every event that time has brought about by now, each decided on the state after the one before. */
function* eventsToCome(incident: Incident, now: number): Generator<IncidentEvent> {
  let state = incident;
  for (let times = 0; times < 100; times += 1) {
    const bodies = decideDue(state, iso(now));
    if (bodies.length === 0) return;
    for (const body of bodies) {
      const version = state.version + 1;
      const actor = { kind: 'system', name: 'incident-timer' } as const;
      const event = { id: `INC-1-${version}`, stream: 'INC-1', version, at: iso(now), actor, ...body };
      state = foldOne(state, event);
      yield event;
    }
  }
  throw new Error('timers without an end');
}

function foldOne(incident: Incident, event: IncidentEvent): Incident {
  return evolveIncident(incident, event);
}
