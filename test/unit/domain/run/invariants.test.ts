import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Actor, type Person, systemActor } from '../../../../src/domain/actor.ts';
import type { Plan } from '../../../../src/domain/plan/plan.ts';
import { digestPlan } from '../../../../src/domain/plan/plan-digest.ts';
import {
  type Decision,
  decideCancel,
  decideReplacePlan,
  decideRestate,
  decideStart,
  type NotNow,
} from '../../../../src/domain/run/decide.ts';
import {
  decideApprove,
  decideBreakGlass,
  decideDeny,
  decideExpire,
} from '../../../../src/domain/run/decide-approval.ts';
import { decideRequest } from '../../../../src/domain/run/decide-request.ts';
import { parseRunEvent, type RunEvent, type RunEventBody } from '../../../../src/domain/run/events.ts';
import { evolveRun, foldRun } from '../../../../src/domain/run/evolve.ts';
import type { Run } from '../../../../src/domain/run/run.ts';
import { aBlastRadius, aPlan, hashOf } from '../../../support/plan-builder.ts';
import { REQUESTER, START } from '../../../support/run-builder.ts';

const PEOPLE: readonly Person[] = [
  { id: REQUESTER, roles: ['approver', 'lead', 'manager', 'admin'] },
  { id: 'U0ONE', roles: ['approver'] },
  { id: 'U0TWO', roles: ['approver', 'lead'] },
  { id: 'U0MANAGER', roles: ['manager'] },
  { id: 'U0ADMIN', roles: ['admin'] },
  { id: 'U0NOBODY', roles: [] },
];
const MAY_BREAK = ['admin'];
const MAY_DECIDE = ['manager'];

/** What each severity demands, as four of the shapes that a policy can have. */
const approvals = {
  P0: { roles: ['approver', 'admin'], count: 1, raiseTo: ['manager'] },
  P1: { roles: ['lead'], count: 1, requesterMayApprove: true },
  P2: { roles: ['approver', 'lead'], count: 2, raiseTo: ['manager'] },
  P3: { roles: ['approver'], count: 1, nextDeployment: true },
} as const;
const SEVERITIES = ['P0', 'P1', 'P2', 'P3'] as const;
type Severity = (typeof SEVERITIES)[number];

const migration = aBlastRadius({ migrations: ['db/migrations/7.sql'], verdict: 'red' });
const planOf = (severity: Severity, { head = 'v1.4.0', red = false } = {}): Plan => {
  const { roles, ...approval } = { raiseTo: [], ...approvals[severity] };
  const { deployed } = aPlan();
  return aPlan({
    severity,
    deployed: { ...deployed, hash: hashOf(head) },
    approval: { ...approval, raiseTo: [...approval.raiseTo], roles: [...roles] },
    ...(red ? { blastRadius: migration } : {}),
  });
};
const digests = SEVERITIES.map((severity) => digestPlan(planOf(severity)));

type Command = {
  readonly name: string;
  readonly by: Actor;
  /** The digest on the card that was pressed, where it is not the one in force. */
  readonly pressed?: string | undefined;
  readonly decide: (run: Run, now: string) => Decision | NotNow;
};

const later = (now: string, minutes = 30): string =>
  new Date(Date.parse(now) + minutes * 60_000).toISOString();
const by = (person: Person): Actor => ({ kind: 'user', id: person.id });
const person = fc.constantFrom(...PEOPLE);
/** Mostly the plan in force, at times another one's digest: a press on a card that is out of date. */
const pressed = fc.option(fc.constantFrom(...digests), { freq: 4, nil: undefined });
const reason = fc.constantFrom('because', 'because', ' ');
const press = fc.record({ person, pressed, reason });
type Press = { person: Person; pressed: string | undefined; reason: string };

const pressing =
  (
    name: string,
    decide: (
      run: Run,
      given: { person: Person; digest: string; now: string; reason: string },
    ) => Decision | NotNow,
  ) =>
  ({ person: who, pressed: digest, reason: why }: Press): Command => ({
    name,
    by: by(who),
    pressed: digest,
    decide: (run, now) => decide(run, { person: who, digest: digest ?? run.digest, now, reason: why }),
  });

const approve = pressing('approve', decideApprove);
const deny = pressing('deny', decideDeny);
const breakGlass = pressing('break glass', (run, given) =>
  decideBreakGlass(run, { ...given, mayBreak: MAY_BREAK }),
);
const expire = (digest: string | undefined): Command => ({
  name: 'expire',
  by: systemActor('approval-timer'),
  pressed: digest,
  decide: (run, now) => decideExpire(run, { digest: digest ?? run.digest, now, raisedUntil: later(now) }),
});
const cancel = (who: Person): Command => ({
  name: 'cancel',
  by: by(who),
  decide: (run) => decideCancel(run, { person: who, mayDecide: MAY_DECIDE, reason: null }),
});
const restate = (severity: Severity): Command => ({
  name: 'restate',
  by: systemActor('severity-policy'),
  decide: (run, now) => {
    const plan = { ...run.plan, severity, approval: planOf(severity).approval };
    return decideRestate(run, { plan, digest: digestPlan(plan), expiresAt: later(now) });
  },
});
/** The branch has moved, or moved back: then the very same plan, with the same digest, comes again. */
const replace = (head: string): Command => ({
  name: 'replace',
  by: systemActor('worker'),
  decide: (run, now) => {
    const plan = planOf(run.plan.severity, { head });
    const digest = digestPlan(plan);
    return decideReplacePlan(run, { because: 'branch-moved', plan, digest, expiresAt: later(now) });
  },
});
const start: Command = {
  name: 'start',
  by: systemActor('worker'),
  decide: (run) => decideStart(run, { driver: 'worker' }),
};

const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 12, arbitrary: press.map(approve) },
  { weight: 1, arbitrary: press.map(deny) },
  { weight: 3, arbitrary: press.map(breakGlass) },
  { weight: 3, arbitrary: pressed.map(expire) },
  { weight: 1, arbitrary: fc.constantFrom(...PEOPLE.slice(3)).map(cancel) },
  { weight: 3, arbitrary: fc.constantFrom(...SEVERITIES).map(restate) },
  { weight: 2, arbitrary: fc.constantFrom('v1.4.0', 'v1.4.1').map(replace) },
  { weight: 6, arbitrary: fc.constant(start) },
);

type Taken = { readonly command: Command; readonly before: Run; readonly decision: Decision | NotNow };
type Story = { readonly events: readonly RunEvent[]; readonly taken: readonly Taken[]; readonly run: Run };

const asked = fc.record({
  severity: fc.constantFrom(...SEVERITIES),
  byPolicy: fc.option(fc.constant({ incident: 'INC-12', rule: '30 minutes without a fix' }), {
    freq: 4,
    nil: undefined,
  }),
});

const stories: fc.Arbitrary<Story> = fc
  .record({
    asked,
    moves: fc.array(fc.record({ command, pauseMinutes: fc.constantFrom(0, 0, 1, 5, 31) }), {
      minLength: 1,
      maxLength: 40,
      size: 'max',
    }),
  })
  .map(({ asked: { severity, byPolicy }, moves }) => {
    const events: RunEvent[] = [];
    const taken: Taken[] = [];
    let run: Run | undefined;
    let now = START;
    const append = (bodies: readonly RunEventBody[], actor: Actor): Run => {
      for (const body of bodies) {
        const version = events.length + 1;
        const at = new Date(now).toISOString();
        const raw = { id: `RUN-31-${version}`, stream: 'RUN-31', version, at, actor, ...body };
        const event = parseRunEvent(JSON.parse(JSON.stringify(raw)));
        events.push(event);
        run = evolveRun(run, event);
      }
      if (run === undefined) throw new Error('a run begins with its request');
      return run;
    };
    const plan = planOf(severity);
    const request = {
      incident: null,
      reason: 'shop is down',
      checklist: [],
      thread: null,
      plan,
      digest: digestPlan(plan),
      expiresAt: later(new Date(now).toISOString()),
    };
    const ask = (policy: typeof byPolicy) => decideRequest(request, policy);
    const first = ask(byPolicy);
    let state =
      first.kind === 'accepted'
        ? append(first.events, byPolicy ? systemActor('severity-policy') : { kind: 'user', id: REQUESTER })
        : append(eventsOf(ask(undefined)), { kind: 'user', id: REQUESTER });
    for (const { command: next, pauseMinutes } of moves) {
      now += pauseMinutes * 60_000;
      const before = state;
      const decision = next.decide(before, new Date(now).toISOString());
      state = append(eventsOf(decision), next.by);
      taken.push({ command: next, before, decision });
    }
    return { events, taken, run: state };
  });

const eventsOf = (decision: Decision | NotNow): readonly RunEventBody[] =>
  decision.kind === 'accepted' ? decision.events : [];

const hold = (check: (story: Story) => void) => fc.assert(fc.property(stories, check), { numRuns: 1_000 });

type Granted = RunEvent & { readonly type: 'approval.granted' };
/** Everything that speaks for a plan, read from the events alone and never from the fold. */
type Case = {
  plan: Plan;
  digest: string;
  until: string;
  roles: readonly string[];
  given: Granted[];
  glass: boolean;
  policy: boolean;
};

/** Each queueing and each start, with the case for it at that moment. */
function beginnings(events: readonly RunEvent[]): readonly Case[] {
  let now: Case | undefined;
  return events.flatMap((event) => {
    if (event.type === 'rollback.requested' || event.type === 'plan.replaced') {
      const { plan, digest, expiresAt: until } = event.payload;
      now = { plan, digest, until, roles: plan.approval.roles, given: [], glass: false, policy: false };
    }
    if (now === undefined) return [];
    if (event.type === 'approval.raised') {
      now = { ...now, until: event.payload.expiresAt, roles: [...now.roles, ...event.payload.roles] };
    }
    if (event.type === 'approval.granted' && event.at < now.until) now.given.push(event);
    if (event.type === 'glass.broken') now.glass = true;
    if (event.type === 'approval.by-policy') now.policy = true;
    return event.type === 'run.queued' || event.type === 'run.started'
      ? [{ ...now, given: [...now.given] }]
      : [];
  });
}

function supporters({ plan, digest, roles, given }: Case, requester: Actor): ReadonlySet<string> {
  const ids = given.flatMap(({ actor, payload }) => {
    const who = PEOPLE.find(({ id }) => actor.kind === 'user' && actor.id === id);
    const entitled = roles.includes(payload.role) && who?.roles.includes(payload.role);
    const own = requester.kind === 'user' && requester.id === who?.id && !plan.approval.requesterMayApprove;
    return entitled && !own && payload.digest === digest ? [who?.id ?? ''] : [];
  });
  return new Set(ids);
}

describe('whoever does what in whatever order', () => {
  it('stories get to every kind of beginning and ending, or the rest would prove nothing', () => {
    const seen = new Set<string>();
    for (const { events, run } of fc.sample(stories, { numRuns: 1_500, seed: 11 })) {
      seen.add(run.status);
      for (const { plan, glass, policy, given } of beginnings(events))
        seen.add(glass ? 'by glass' : policy ? 'by policy' : `by ${given.length} on ${plan.severity}`);
      for (const { type } of events) seen.add(type);
    }
    expect([...seen]).toEqual(
      expect.arrayContaining([
        ...['awaiting_approval', 'queued', 'running', 'deferred', 'denied', 'expired', 'cancelled'],
        ...['by glass', 'by policy', 'by 1 on P0', 'by 1 on P1', 'by 2 on P2'],
        ...['approval.raised', 'plan.replaced', 'run.started'],
      ]),
    );
  });

  it('no run is queued or started without what its severity demands at that moment', () => {
    hold(({ events, run }) => {
      for (const beginning of beginnings(events)) {
        const { count, nextDeployment } = beginning.plan.approval;
        const enough = !nextDeployment && supporters(beginning, run.requestedBy).size >= count;
        expect(beginning.glass || beginning.policy || enough).toBe(true);
      }
    });
  });

  it('what is queued without it is not started, whatever put it there', () => {
    hold(({ run }) => {
      if (run.status !== 'awaiting_approval' && run.status !== 'deferred') return;
      const forged = { ...run, status: 'queued' as const };
      const people = new Set(run.approvals.map(({ by: actor }) => (actor.kind === 'user' ? actor.id : '')));
      if (!run.plan.approval.nextDeployment && people.size >= run.plan.approval.count) return;
      expect(decideStart(forged, { driver: 'worker' })).toMatchObject({
        refusal: { reason: 'not-approved' },
      });
    });
  });

  it('whoever asked never counts as an approver where the severity does not say so', () => {
    hold(({ events, taken, run }) => {
      for (const { command: given, before, decision } of taken) {
        if (given.name !== 'approve' || before.plan.approval.requesterMayApprove) continue;
        if (JSON.stringify(given.by) !== JSON.stringify(run.requestedBy)) continue;
        expect(decision.kind).toBe('refused');
      }
      const broken = events.filter(({ type }) => type === 'glass.broken');
      for (const { actor } of broken) {
        const roles = PEOPLE.find(({ id }) => actor.kind === 'user' && actor.id === id)?.roles ?? [];
        expect(roles.some((role) => MAY_BREAK.includes(role))).toBe(true);
      }
    });
  });

  it('a press for another plan digest than the one in force never counts', () => {
    hold(({ events, taken }) => {
      for (const { command: given, before, decision } of taken) {
        if (given.pressed === undefined || given.pressed === before.digest) continue;
        expect(decision.kind).toBe('refused');
      }
      let digest = '';
      for (const { type, payload } of events) {
        if (type === 'rollback.requested' || type === 'plan.replaced') digest = payload.digest;
        else if ('digest' in payload) expect(payload.digest).toBe(digest);
      }
    });
  });

  it('one denial ends it: nothing is queued, started or granted after it', () => {
    hold(({ events, run }) => {
      const denied = events.findIndex(({ type }) => type === 'approval.denied');
      if (denied < 0) return;
      expect(events.slice(denied + 1)).toEqual([]);
      expect(run.status).toBe('denied');
    });
  });

  it('the rung above is asked once a plan, and nothing expires before it was', () => {
    hold(({ events }) => {
      let left = 0;
      for (const event of events) {
        if (event.type === 'rollback.requested' || event.type === 'plan.replaced')
          left = event.payload.plan.approval.raiseTo.length > 0 ? 1 : 0;
        if (event.type === 'approval.raised') left -= 1;
        expect(left).toBeGreaterThanOrEqual(0);
        if (event.type === 'approval.expired') expect(left).toBe(0);
      }
    });
  });

  it('what waits for the next deployment leaves that list only by glass, cancelling or another severity', () => {
    hold(({ taken }) => {
      for (const { command: given, before, decision } of taken) {
        if (before.status !== 'deferred' || decision.kind !== 'accepted') continue;
        expect(['break glass', 'cancel', 'restate', 'replace']).toContain(given.name);
      }
    });
  });

  it('broken glass stays on the run whatever comes after', () => {
    hold(({ events, run }) => {
      expect(run.glass !== null).toBe(events.some(({ type }) => type === 'glass.broken'));
    });
  });

  it('every command leads to events, to a named refusal, or to nothing as it is too early or too late', () => {
    hold(({ taken }) => {
      for (const { decision } of taken) {
        if (decision.kind === 'refused') expect(decision.refusal.reason).toMatch(/^[a-z]+(-[a-z]+)*$/);
        else if (decision.kind === 'accepted') expect(decision.events.length).toBeGreaterThan(0);
        else expect(decision.kind).toMatch(/^(moved-on|too-early)$/);
      }
    });
  });

  it('folding the stored events again gives the same state', () => {
    hold(({ events, run }) => {
      expect(foldRun(events.map((event) => parseRunEvent(JSON.parse(JSON.stringify(event)))))).toEqual(run);
    });
  });
});

it('the policy never approves what a person has to look at', () => {
  const policy = { incident: 'INC-12', rule: '30 minutes without a fix' };
  fc.assert(
    fc.property(fc.constantFrom(...SEVERITIES), fc.boolean(), (severity, red) => {
      const plan = planOf(severity, { red });
      const request = { incident: null, reason: 'down', checklist: [], thread: null, plan };
      const expiresAt = new Date(START).toISOString();
      const decision = decideRequest({ ...request, digest: digestPlan(plan), expiresAt }, policy);
      expect(decision.kind).toBe(red || plan.approval.nextDeployment ? 'refused' : 'accepted');
    }),
  );
});
