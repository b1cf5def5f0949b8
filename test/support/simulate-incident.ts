import { type Actor, type Person, personActor, systemActor } from '../../src/domain/actor.ts';
import { decideCommand, type IncidentCommand, otherOf } from '../../src/domain/incident/actions/commands.ts';
import {
  type IncidentEvent,
  type IncidentEventBody,
  type IncidentEventPayload,
  parseIncidentEvent,
} from '../../src/domain/incident/events.ts';
import { evolveIncident } from '../../src/domain/incident/evolve.ts';
import type { Incident } from '../../src/domain/incident/incident.ts';
import type { Asking, IncidentDecision } from '../../src/domain/incident/may-work.ts';
import { type Schedule, scheduleOf } from '../../src/domain/incident/schedule.ts';
import { decideDue, nextDue } from '../../src/domain/incident/timers.ts';
import type { Severity } from '../../src/domain/severity.ts';
import { respondRoles, type Team } from '../../src/domain/team/team.ts';

const MINUTE = 60_000;
const TIMER: Actor = systemActor('incident-timer');

/** More timers than this at one instant are a loop. */
const ENDLESS = 100;

type Start = Partial<IncidentEventPayload<'incident.declared'>> & {
  readonly team: Team;
  readonly severity: Severity;
  /** An ISO time. */
  readonly at?: string;
};

/** What is decided of an incident at a moment. */
type Ask = (incident: Incident, asking: Asking) => IncidentDecision;

export type SimulatedIncident = {
  readonly incident: () => Incident;
  readonly events: () => readonly IncidentEvent[];
  readonly now: () => number;
  /** The schedule that a severity's policy gives from now on. */
  readonly scheduleNow: (severity: Severity) => Schedule;
  /** Appends what the decision says, unless it refuses. */
  readonly ask: (person: Person, ask: Ask) => IncidentDecision;
  /** The same for a command, by the team's policy; another incident that it names is an open one. */
  readonly act: (person: Person, command: IncidentCommand) => IncidentDecision;
  readonly append: (actor: Actor, ...bodies: readonly IncidentEventBody[]) => void;
  /** Time goes by, and every timer goes off at its moment. */
  readonly advanceTo: (milliseconds: number) => void;
  /** The same in minutes since the declaration. */
  readonly advance: (minutes: number) => void;
  /** Time goes by while nobody looks at timers: what is due waits. */
  readonly sleepTo: (milliseconds: number) => void;
  /** The same in minutes since the declaration; then what was due is done, as after an outage. */
  readonly outage: (minutes: number) => void;
  /** "minute what" of every event since the declaration, or of those that happened after a minute. */
  readonly told: (after?: number) => readonly string[];
};

/** One incident on a clock of its own, decided and folded by the pure core alone. */
export function simulateIncident({
  team,
  severity,
  at = '2026-01-07T03:00:00.000Z',
  ...given
}: Start): SimulatedIncident {
  const start = Date.parse(at);
  const events: IncidentEvent[] = [];
  let state: Incident | undefined;
  let now = start;

  const incident = (): Incident => {
    if (state === undefined) throw new Error('an incident begins with its declaration');
    return state;
  };
  const append = (actor: Actor, ...bodies: readonly IncidentEventBody[]): void => {
    for (const body of bodies) {
      const version = events.length + 1;
      const id = `INC-1-${version}`;
      const event = parseIncidentEvent({ id, stream: 'INC-1', version, at: iso(now), actor, ...body });
      state = evolveIncident(state, event);
      events.push(event);
    }
  };
  const settle = (): void => {
    for (let times = 0; ; times += 1) {
      if (times > ENDLESS) throw new Error(`timers without an end: ${events.at(-1)?.type}`);
      const due = decideDue(incident(), iso(now));
      if (due.length === 0) return;
      append(TIMER, ...due);
    }
  };
  const advanceTo = (milliseconds: number): void => {
    for (;;) {
      const due = nextDue(incident());
      if (due === undefined || Date.parse(due) > milliseconds) break;
      now = Math.max(now, Date.parse(due));
      settle();
    }
    now = Math.max(now, milliseconds);
  };
  const minuteOf = (event: IncidentEvent): number => (Date.parse(event.at) - start) / MINUTE;

  append(personActor({ id: 'U0RESPONDER' }), {
    type: 'incident.declared',
    payload: {
      ...{ title: 'Checkout fails', services: ['shop'], impact: 'Nobody can pay', usersAffected: null },
      ...{ startedAt: at, commander: null, source: null, distinctFrom: [] },
      ...given,
      severity,
      schedule: scheduleOf(team, severity, now),
    },
  });
  const declared = incident();
  const ask = (person: Person, decide: Ask): IncidentDecision => {
    const decision = decide(incident(), { person, mayRespond: respondRoles(team), now: iso(now) });
    if (decision.kind === 'accepted') append(personActor(person), ...decision.events);
    return decision;
  };
  return {
    incident,
    events: () => events,
    now: () => now,
    scheduleNow: (of) => scheduleOf(team, of, now),
    ask,
    act: (person, command) => {
      const named = otherOf(command);
      const other = named === undefined ? undefined : { ...declared, id: named };
      return ask(person, (state, asking) => decideCommand(state, asking, command, { team, other }));
    },
    append,
    advanceTo,
    advance: (minutes) => advanceTo(start + minutes * MINUTE),
    sleepTo: (milliseconds) => {
      now = Math.max(now, milliseconds);
    },
    outage: (minutes) => {
      now = start + minutes * MINUTE;
      settle();
    },
    told: (after = -1) =>
      events
        .slice(1)
        .filter((event) => minuteOf(event) > after)
        .map((event) => `${minuteOf(event)} ${nameEvent(event)}`),
  };
}

function nameEvent({ type, payload }: IncidentEvent): string {
  const role = 'role' in payload ? ` ${payload.role}` : '';
  const because = 'because' in payload && payload.because !== 'time' ? ` (${payload.because})` : '';
  return `${type}${role}${because}`;
}

const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();
