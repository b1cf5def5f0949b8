import fc from 'fast-check';
import { type Actor, type Person, systemActor } from '../../../src/domain/actor.ts';
import type { Plan } from '../../../src/domain/plan/plan.ts';
import { digestPlan } from '../../../src/domain/plan/plan-digest.ts';
import {
  type Decision,
  decideCancel,
  decideReplacePlan,
  decideRestate,
  decideStart,
  type NotNow,
} from '../../../src/domain/run/decide.ts';
import {
  decideApprove,
  decideBreakGlass,
  decideDeny,
  decideExpire,
} from '../../../src/domain/run/decide-approval.ts';
import { decideRequest } from '../../../src/domain/run/decide-request.ts';
import { parseRunEvent, type RunEvent, type RunEventBody } from '../../../src/domain/run/events.ts';
import { evolveRun } from '../../../src/domain/run/evolve.ts';
import type { Run } from '../../../src/domain/run/run.ts';
import { aBlastRadius, aPlan, hashOf } from '../plan-builder.ts';
import { REQUESTER, START } from '../run-builder.ts';

export const PEOPLE: readonly Person[] = [
  { id: REQUESTER, roles: ['approver', 'lead', 'manager', 'admin'] },
  { id: 'U0ONE', roles: ['approver'] },
  { id: 'U0TWO', roles: ['approver', 'lead'] },
  { id: 'U0MANAGER', roles: ['manager'] },
  { id: 'U0ADMIN', roles: ['admin'] },
  { id: 'U0NOBODY', roles: [] },
];
export const MAY_BREAK = ['admin'];
const MAY_DECIDE = ['manager'];

/** What each severity demands, as four of the shapes that a policy can have. */
const approvals = {
  P0: { roles: ['approver', 'admin'], count: 1, raiseTo: ['manager'] },
  P1: { roles: ['lead'], count: 1, requesterMayApprove: true },
  P2: { roles: ['approver', 'lead'], count: 2, raiseTo: ['manager'] },
  P3: { roles: ['approver'], count: 1, nextDeployment: true },
} as const;
export const SEVERITIES = ['P0', 'P1', 'P2', 'P3'] as const;
type Severity = (typeof SEVERITIES)[number];

const migration = aBlastRadius({ migrations: ['db/migrations/7.sql'], verdict: 'red' });
export const planOf = (severity: Severity, { head = 'v1.4.0', red = false } = {}): Plan => {
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

/** Runs of every severity on the way to their start, with every command that was given. */
export const stories: fc.Arbitrary<Story> = fc
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

/** Holds something against a thousand stories. */
export const hold = (check: (story: Story) => void) =>
  fc.assert(fc.property(stories, check), { numRuns: 1_000 });
