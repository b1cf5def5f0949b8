import { type Actor, personActor, systemActor } from '../../src/domain/actor.ts';
import {
  type IncidentEvent,
  type IncidentEventBody,
  type IncidentEventPayload,
  type IncidentRole,
  parseIncidentEvent,
} from '../../src/domain/incident/events.ts';
import { evolveIncident } from '../../src/domain/incident/evolve.ts';
import type { Incident } from '../../src/domain/incident/incident.ts';
import { type Schedule, scheduleOf } from '../../src/domain/incident/schedule.ts';
import { decideDue, nextDue } from '../../src/domain/incident/timers.ts';
import type { Severity } from '../../src/domain/severity.ts';
import type { Team } from '../../src/domain/team/team.ts';
import { incidentTeam, PEOPLE } from './incident-team.ts';
import { START } from './run-builder.ts';

type Start = Partial<Omit<IncidentEventPayload<'incident.declared'>, 'schedule'>> & {
  readonly id?: string;
  readonly declaredBy?: string;
  /** Whose policy it follows. */
  readonly team?: Team;
  /** What is other than the policy says. */
  readonly schedule?: Partial<Schedule>;
};

export type IncidentBuilder = {
  /** Moves the clock: the next events happen that much later. Events alone take no time, and timers don't go off. */
  readonly after: (milliseconds: number) => IncidentBuilder;
  /** Lets that much time go by, with everything that it brings about. */
  readonly lived: (milliseconds: number) => IncidentBuilder;
  readonly acknowledgedBy: (user: string) => IncidentBuilder;
  readonly updated: (
    update?: Partial<IncidentEventPayload<'incident.updated'>>,
    by?: string,
  ) => IncidentBuilder;
  readonly severityChanged: (to: Severity, reason?: string, by?: string) => IncidentBuilder;
  readonly roleTaken: (role: IncidentRole, user: string) => IncidentBuilder;
  readonly escalated: (
    role: string,
    because?: IncidentEventPayload<'escalation.reached'>['because'],
  ) => IncidentBuilder;
  readonly ladderHeld: (forMs: number, reason?: string, by?: string) => IncidentBuilder;
  readonly rollbackHeld: (reason?: string, by?: string) => IncidentBuilder;
  readonly rollbackTriggered: (
    rule?: IncidentEventPayload<'rollback.triggered'>['rule'],
    by?: string,
  ) => IncidentBuilder;
  /** What a service runs, by release, and where a rollback of it goes; noted in time unless said. */
  readonly deployed: (
    from: string,
    to: string,
    other?: { readonly service?: string; readonly late?: boolean },
  ) => IncidentBuilder;
  /** Something else was found there later. */
  readonly deployedMoved: (now: string, to: string, service?: string) => IncidentBuilder;
  readonly runLinked: (run: string, service?: string) => IncidentBuilder;
  readonly runSettled: (run: string, status: string, proven?: boolean) => IncidentBuilder;
  readonly resolvedBy: (user: string, summary?: string) => IncidentBuilder;
  readonly reopenedBy: (user: string, reason?: string) => IncidentBuilder;
  /** Any other event, by Walkback itself unless somebody is named. */
  readonly happened: (body: IncidentEventBody, by?: string) => IncidentBuilder;
  readonly build: () => Incident;
  readonly events: () => readonly IncidentEvent[];
  /** What time it is by now, in ms. */
  readonly now: () => number;
};

/**
 * An incident told as a story of real events, folded as the engine folds them:
 * `anIncident({ severity: 'P0' }).lived(16 * MINUTE).acknowledgedBy('U0ONCALL').build()`.
 * Declared at START of run-builder.ts, by the policy of incident-team.ts.
 */
export function anIncident(start: Start = {}): IncidentBuilder {
  const {
    id = 'INC-12',
    severity = 'P1',
    declaredBy = PEOPLE.responder,
    team = incidentTeam,
    schedule,
    ...declaration
  } = start;
  const events: IncidentEvent[] = [];
  let incident: Incident | undefined;
  let now = START;

  const happen = (body: IncidentEventBody, actor: Actor): IncidentBuilder => {
    const version = events.length + 1;
    const event = parseIncidentEvent({
      id: `${id}-${version}`,
      stream: id,
      version,
      at: iso(now),
      actor,
      ...body,
    });
    incident = evolveIncident(incident, event);
    events.push(event);
    return builder;
  };
  const byPerson = (user: string, body: IncidentEventBody): IncidentBuilder =>
    happen(body, personActor({ id: user }));
  const current = (): Incident => {
    if (incident === undefined) throw new Error('an incident begins with its declaration');
    return incident;
  };
  const policy = (of: Severity): Schedule => ({ ...scheduleOf(team, of, now), ...schedule });

  const builder: IncidentBuilder = {
    after: (milliseconds) => {
      now += milliseconds;
      return builder;
    },
    lived: (milliseconds) => {
      const end = now + milliseconds;
      for (;;) {
        const due = nextDue(current());
        if (due === undefined || Date.parse(due) > end) break;
        now = Math.max(now, Date.parse(due));
        for (const body of decideDue(current(), iso(now))) happen(body, systemActor('incident-timer'));
      }
      now = end;
      return builder;
    },
    acknowledgedBy: (user) => byPerson(user, { type: 'incident.acknowledged', payload: {} }),
    updated: (update = {}, by = PEOPLE.responder) =>
      byPerson(by, {
        type: 'incident.updated',
        payload: {
          status: 'identified',
          done: 'Found the release that broke it',
          next: 'Roll it back',
          eta: 'in 20 minutes',
          updateDueAt: nextUpdate(current(), now),
          ...update,
        },
      }),
    severityChanged: (to, reason = 'more users are hit than we thought', by = PEOPLE.responder) =>
      byPerson(by, {
        type: 'severity.changed',
        payload: { from: current().severity, to, reason, schedule: policy(to) },
      }),
    roleTaken: (role, user) => byPerson(user, { type: 'role.taken', payload: { role, user } }),
    escalated: (role, because = 'time') =>
      happen({ type: 'escalation.reached', payload: { role, because } }, systemActor('incident-timer')),
    ladderHeld: (forMs, reason = 'everybody needed is here', by = PEOPLE.responder) =>
      byPerson(by, { type: 'escalation.held', payload: { until: iso(now + forMs), reason } }),
    rollbackHeld: (reason = 'a fix is being deployed', by = PEOPLE.responder) =>
      byPerson(by, { type: 'rollback.held', payload: { reason } }),
    rollbackTriggered: (rule = 'automatic', by) =>
      happen(
        { type: 'rollback.triggered', payload: { rule } },
        by === undefined ? systemActor('incident-timer') : personActor({ id: by }),
      ),
    deployed: (from, to, { service = 'web-shop', late = false } = {}) =>
      happen(
        {
          type: 'deployed.noted',
          payload: {
            ...{ service, environment: 'production', late },
            ...{ version: released(from), target: released(to) },
          },
        },
        systemActor('git'),
      ),
    deployedMoved: (by, to, service = 'web-shop') =>
      happen(
        { type: 'deployed.moved', payload: { service, version: released(by), target: released(to) } },
        systemActor('git'),
      ),
    runLinked: (run, service = 'web-shop') =>
      happen({ type: 'run.linked', payload: { run, service, environment: null } }, systemActor('runs')),
    runSettled: (run, status, proven = status === 'succeeded') =>
      happen(
        { type: 'run.settled', payload: { run, status, proven, target: 'v1.3.0' } },
        systemActor('runs'),
      ),
    resolvedBy: (user, summary = 'Rolled back; a fix follows tomorrow') =>
      byPerson(user, {
        type: 'incident.resolved',
        payload: { summary, closesAt: iso(now + 24 * 3_600_000) },
      }),
    reopenedBy: (user, reason = 'it is back') =>
      byPerson(user, {
        type: 'incident.reopened',
        payload: { reason, schedule: policy(current().severity) },
      }),
    happened: (body, by) => (by === undefined ? happen(body, systemActor('walkback')) : byPerson(by, body)),
    build: current,
    events: () => events,
    now: () => now,
  };

  return byPerson(declaredBy, {
    type: 'incident.declared',
    payload: {
      title: 'Checkout fails',
      services: ['web-shop'],
      impact: 'People see an error when they pay',
      usersAffected: 30,
      startedAt: iso(START - 5 * 60_000),
      commander: null,
      source: null,
      distinctFrom: [],
      ...declaration,
      severity,
      schedule: policy(severity),
    },
  });
}

/** A commit that carries a release, its hash made from the name. */
const released = (release: string) => ({
  hash: Buffer.from(release).toString('hex').padEnd(40, '0').slice(0, 40),
  release,
});

const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();

const nextUpdate = ({ updateEveryMs }: Incident, now: number): string | null =>
  updateEveryMs === null ? null : iso(now + updateEveryMs);
