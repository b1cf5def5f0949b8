import { describe, expect, it } from 'vitest';
import type { Person } from '../../../../src/domain/actor.ts';
import type { Plan } from '../../../../src/domain/plan/plan.ts';
import { digestPlan } from '../../../../src/domain/plan/plan-digest.ts';
import { isApproved } from '../../../../src/domain/run/approvals.ts';
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
import { parseRunEvent } from '../../../../src/domain/run/events.ts';
import { foldRun } from '../../../../src/domain/run/evolve.ts';
import type { Run } from '../../../../src/domain/run/run.ts';
import { aBlastRadius, aPlan } from '../../../support/plan-builder.ts';
import { APPROVER, aRun, REQUESTER, START } from '../../../support/run-builder.ts';

const NOW = new Date(START + 60_000).toISOString();
const LATER = new Date(START + 90 * 60_000).toISOString();
const approver: Person = { id: APPROVER, roles: ['approver'] };
const manager: Person = { id: 'U0MANAGER', roles: ['manager'] };
const admin: Person = { id: 'U0ADMIN', roles: ['admin'] };

const typesOf = (decision: Decision | NotNow) =>
  decision.kind === 'accepted'
    ? decision.events.map((event) => event.type)
    : decision.kind === 'refused'
      ? decision.refusal.reason
      : decision.kind;
const approve = (run: Run, person: Person, now = NOW) =>
  typesOf(decideApprove(run, { person, digest: run.digest, now }));

const raisable = aPlan({ approval: { raiseTo: ['manager'] } });
const laterPlan = aPlan({ severity: 'P3', approval: { nextDeployment: true } });
const deferred = () => aRun({ plan: laterPlan }).deferred();

describe('the time for approving is over', () => {
  const expire = (run: Run, now = run.expiresAt) =>
    decideExpire(run, { digest: run.digest, now, raisedUntil: LATER });

  it('the rung above is asked, until another time', () => {
    expect(expire(aRun({ plan: raisable }).build())).toMatchObject({
      kind: 'accepted',
      events: [{ type: 'approval.raised', payload: { roles: ['manager'], expiresAt: LATER } }],
    });
  });

  it('the second time is the last', () => {
    const run = aRun({ plan: raisable })
      .after(30 * 60_000)
      .raisedTo(['manager'])
      .build();
    expect(typesOf(expire(run, new Date(START + 31 * 60_000).toISOString()))).toBe('too-early');
    expect(typesOf(expire(run))).toEqual(['approval.expired']);
  });

  it('a new plan is waited for, and raised, anew', () => {
    const run = aRun({ plan: raisable }).raisedTo(['manager']).replan('branch-moved', raisable).build();
    expect(approve(run, manager)).toBe('not-permitted');
    expect(typesOf(expire(run))).toEqual(['approval.raised']);
  });

  it('from then on the raised roles may approve and deny, and the first ones still may', () => {
    const before = aRun({ plan: raisable }).build();
    expect(approve(before, manager)).toBe('not-permitted');
    const run = aRun({ plan: raisable }).raisedTo(['manager']).build();
    expect(approve(run, manager)).toEqual(['approval.granted', 'run.queued']);
    expect(approve(run, approver)).toEqual(['approval.granted', 'run.queued']);
    const press = { person: manager, digest: run.digest, now: NOW, reason: 'not now' };
    expect(typesOf(decideDeny(run, press))).toEqual(['approval.denied']);
  });
});

describe('a quorum', () => {
  const two = aPlan({ approval: { count: 2 } });
  const other: Person = { id: 'U0OTHER', roles: ['approver'] };

  it('is of different people', () => {
    const run = aRun({ plan: two }).approvedBy(APPROVER).build();
    expect(approve(run, approver)).toBe('already-approved');
    expect(approve(run, other)).toEqual(['approval.granted', 'run.queued']);
  });

  it('ends with one denial, though others had approved', () => {
    const run = aRun({ plan: two }).approvedBy(APPROVER).build();
    const press = { person: other, digest: run.digest, now: NOW, reason: 'a fix is on its way' };
    expect(typesOf(decideDeny(run, press))).toEqual(['approval.denied']);
    const denied = aRun({ plan: two }).approvedBy(APPROVER).deniedBy('U0OTHER', 'no').build();
    expect(approve(denied, { id: 'U0THIRD', roles: ['approver'] })).toBe('not-awaiting-approval');
  });
});

describe('breaking the glass', () => {
  const broken = (
    run: Run,
    { person = admin, reason = 'shop is down', now = NOW, digest = run.digest } = {},
  ) => typesOf(decideBreakGlass(run, { person, reason, now, digest, mayBreak: ['admin'] }));

  it('by one person with a reason starts it, be it their own request', () => {
    expect(broken(aRun().build())).toEqual(['glass.broken', 'run.queued']);
    const own = { id: REQUESTER, roles: ['admin'] };
    expect(broken(aRun().build(), { person: own })).toEqual(['glass.broken', 'run.queued']);
  });

  it('needs the role, a reason, the plan in force and that it still waits', () => {
    expect(broken(aRun().build(), { person: approver })).toBe('not-permitted');
    expect(broken(aRun().build(), { reason: ' ' })).toBe('missing-reason');
    expect(broken(aRun().build(), { digest: 'f'.repeat(64) })).toBe('plan-changed');
    expect(broken(aRun().approvedBy(APPROVER).build())).toBe('not-awaiting-approval');
    expect(broken(aRun().build(), { now: aRun().build().expiresAt })).toBe('approval-expired');
  });

  it('is the only way to start what waits for the next deployment, however late', () => {
    expect(broken(deferred().build(), { now: '2026-03-01T00:00:00.000Z' })).toEqual([
      'glass.broken',
      'run.queued',
    ]);
    expect(broken(deferred().build(), { digest: 'f'.repeat(64) })).toBe('plan-changed');
  });

  it('counts for its plan alone, even where the very same plan comes again, and is remembered', () => {
    const run = aRun()
      .glassBrokenBy('U0ADMIN')
      .replan('branch-moved', aPlan({ parameters: { region: 'us' } }))
      .replan('branch-moved', aPlan())
      .build();
    expect(isApproved(run)).toBe(false);
    expect(run.glass).toMatchObject({ by: { id: 'U0ADMIN' }, planNumber: 1 });
  });
});

describe('what waits for the next deployment', () => {
  it('takes no approval and no denial, and does not expire', () => {
    const run = deferred().build();
    expect(run.status).toBe('deferred');
    expect(approve(run, approver)).toBe('next-deployment');
    const press = { person: approver, digest: run.digest, now: NOW, reason: 'no' };
    expect(typesOf(decideDeny(run, press))).toBe('next-deployment');
    expect(typesOf(decideExpire(run, { digest: run.digest, now: LATER, raisedUntil: LATER }))).toBe(
      'not-awaiting-approval',
    );
  });

  it('is taken off the list by cancelling', () => {
    const decision = decideCancel(deferred().build(), {
      person: { id: REQUESTER, roles: [] },
      mayDecide: [],
      reason: null,
    });
    expect(decision).toMatchObject({
      events: [{}, { type: 'run.cancelled', payload: { why: 'taken off the list for the next deployment' } }],
    });
  });
});

describe('a request', () => {
  const ask = (plan: Plan, byPolicy?: { incident: string; rule: string }) =>
    decideRequest(
      {
        incident: 'INC-12',
        reason: 'down',
        checklist: [],
        thread: null,
        plan,
        digest: digestPlan(plan),
        expiresAt: LATER,
      },
      byPolicy,
    );
  const policy = { incident: 'INC-12', rule: '30 minutes without a fix' };

  it('waits for approvals, or goes onto the list for the next deployment', () => {
    expect(typesOf(ask(aPlan()))).toEqual(['rollback.requested']);
    expect(typesOf(ask(laterPlan))).toEqual(['rollback.requested', 'run.deferred']);
  });

  it('of the severity policy is approved and queued at once', () => {
    expect(typesOf(ask(aPlan(), policy))).toEqual(['rollback.requested', 'approval.by-policy', 'run.queued']);
  });

  it.each([
    [
      'a migration',
      aPlan({ blastRadius: aBlastRadius({ migrations: ['db/migrations/7.sql'] }) }),
      'migration',
    ],
    [
      'a red verdict',
      aPlan({ blastRadius: aBlastRadius({ verdict: 'red', reasons: ['odd'] }) }),
      'red (odd)',
    ],
    [
      'migrations that nobody knows',
      aPlan({ blastRadius: aBlastRadius({ migrationsUnknown: true }) }),
      "database migration isn't known",
    ],
    ['the next deployment', laterPlan, 'waits for the next deployment'],
  ])('of the severity policy needs a person for %s, and says why', (_what, plan, why) => {
    expect(ask(plan, policy)).toEqual({
      kind: 'refused',
      refusal: { reason: 'policy-needs-person', why: expect.stringContaining(why) },
    });
  });
});

describe('a changed severity', () => {
  const restate = (run: Run, plan: Plan) =>
    typesOf(decideRestate(run, { plan, digest: digestPlan(plan), expiresAt: LATER }));
  const critical = aPlan({ severity: 'P0', approval: { roles: ['admin'] } });

  it.each([
    ['waits for approval', aRun().approvedBy('U0A').replan('branch-moved', aPlan())],
    ['is queued', aRun().approvedBy(APPROVER)],
    ['is queued by broken glass', aRun().glassBrokenBy('U0ADMIN')],
    ['is queued by policy', aRun().approvedByPolicy()],
    ['waits for the next deployment', deferred()],
  ])('plans anew what %s', (_state, story) => {
    expect(restate(story.build(), critical)).toEqual(['plan.replaced']);
    expect(isApproved(story.replan('severity-changed', critical).build())).toBe(false);
  });

  it('to one that waits for the next deployment puts it on that list', () => {
    expect(restate(aRun().build(), laterPlan)).toEqual(['plan.replaced', 'run.deferred']);
  });

  it('leaves alone what has begun, has ended, or is of that severity', () => {
    expect(restate(aRun().started().startStep('rollback').build(), critical)).toBe('already-started');
    expect(restate(aRun().expired().build(), critical)).toBe('already-ended');
    expect(restate(aRun().build(), aPlan({ parameters: { a: 'b' } }))).toBe('same-severity');
  });
});

describe('the start', () => {
  const start = (run: Run) => typesOf(decideStart(run, { driver: 'worker-1' }));

  it.each([
    ['approvals', aRun().approvedBy(APPROVER)],
    ['broken glass', aRun().glassBrokenBy('U0ADMIN')],
    ['the policy', aRun().approvedByPolicy()],
    ['the rung above', aRun({ plan: raisable }).raisedTo(['manager']).approvedBy('U0MANAGER', 'manager')],
  ])('goes ahead with %s', (_what, story) => {
    expect(start(story.build())).toEqual(['run.started']);
  });

  it.each([
    ['an approval of whoever asked', aRun().approvedBy(REQUESTER)],
    ['an approval by a role that may not', aRun().approvedBy('U0MANAGER', 'manager')],
    ['an approval of what waits for the next deployment', aRun({ plan: laterPlan }).approvedBy(APPROVER)],
  ])('is refused with %s, though it was queued', (_what, story) => {
    expect(story.build().status).toBe('queued');
    expect(start(story.build())).toBe('not-approved');
  });

  it('is refused to what is not queued', () => {
    expect(start(aRun().build())).toBe('moved-on');
  });
});

it('a plan replaced by one for the next deployment goes onto its list', () => {
  const run = aRun({ plan: laterPlan }).glassBrokenBy('U0ADMIN').build();
  const change = { because: 'branch-moved', plan: laterPlan, digest: run.digest, expiresAt: LATER } as const;
  expect(typesOf(decideReplacePlan(run, change))).toEqual(['plan.replaced', 'run.deferred']);
});

it('requests and plans from before there were incidents and raising still parse', () => {
  const [event] = aRun().events();
  const raw = JSON.parse(JSON.stringify(event));
  delete raw.payload.incident;
  delete raw.payload.plan.approval.raiseTo;
  delete raw.payload.plan.approval.nextDeployment;
  expect(foldRun([parseRunEvent(raw)])).toMatchObject({
    incident: null,
    plan: { approval: { raiseTo: [], nextDeployment: false } },
  });
});
