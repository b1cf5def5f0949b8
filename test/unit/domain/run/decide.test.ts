import { describe, expect, it } from 'vitest';
import type { Person } from '../../../../src/domain/actor.ts';
import {
  type Decision,
  decideCancel,
  decideReplacePlan,
  decideUnlock,
  type NotNow,
} from '../../../../src/domain/run/decide.ts';
import { decideApprove, decideDeny, decideExpire } from '../../../../src/domain/run/decide-approval.ts';
import { decideStep } from '../../../../src/domain/run/decide-step.ts';
import type { StepDecision } from '../../../../src/domain/run/events.ts';
import type { Run } from '../../../../src/domain/run/run.ts';
import { aPlan, aStep } from '../../../support/plan-builder.ts';
import { APPROVER, aRun, REQUESTER, START } from '../../../support/run-builder.ts';

const NOW = new Date(START + 60_000).toISOString();
const approver: Person = { id: APPROVER, roles: ['approver'] };
const responder: Person = { id: 'U0RESPONDER', roles: ['responder'] };
const admin: Person = { id: 'U0ADMIN', roles: ['admin'] };
const nobody: Person = { id: 'U0NOBODY', roles: [] };
const DECIDE = ['responder'];

const twoApprovals = { roles: ['approver', 'lead'], count: 2, requesterMayApprove: false };

const typesOf = (decision: Decision | NotNow) =>
  decision.kind === 'accepted'
    ? decision.events.map((event) => event.type)
    : decision.kind === 'refused'
      ? decision.refusal.reason
      : decision.kind;
const approve = (run: Run, person: Person, { digest = run.digest, now = NOW } = {}) =>
  decideApprove(run, { person, digest, now });

const RAISED_UNTIL = new Date(START + 90 * 60_000).toISOString();
const expire = (run: Run, { digest = run.digest, now }: { digest?: string; now: string }) =>
  decideExpire(run, { digest, now, raisedUntil: RAISED_UNTIL });

describe('Approve', () => {
  it('queues the run when it is the last one demanded', () => {
    expect(typesOf(approve(aRun().build(), approver))).toEqual(['approval.granted', 'run.queued']);
  });

  it('only counts when more are demanded', () => {
    const run = aRun({ plan: aPlan({ approval: twoApprovals }) }).build();
    expect(typesOf(approve(run, approver))).toEqual(['approval.granted']);
  });

  it('names the role that permitted it', () => {
    const run = aRun({ plan: aPlan({ approval: twoApprovals }) }).build();
    const decision = approve(run, { id: 'U0LEAD', roles: ['responder', 'lead'] });
    expect(decision).toMatchObject({ events: [{ payload: { role: 'lead', digest: run.digest } }] });
  });

  it('is refused to whoever lacks the role, naming the roles that may', () => {
    expect(approve(aRun().build(), nobody)).toEqual({
      kind: 'refused',
      refusal: { reason: 'not-permitted', roles: ['approver'] },
    });
  });

  it('is refused to whoever asked, role or not', () => {
    expect(typesOf(approve(aRun().build(), { id: REQUESTER, roles: ['approver'] }))).toBe('own-request');
  });

  it('is open to whoever asked where the severity says so', () => {
    const approval = { roles: ['approver'], count: 1, requesterMayApprove: true };
    const run = aRun({ plan: aPlan({ approval }) }).build();
    expect(typesOf(approve(run, { id: REQUESTER, roles: ['approver'] }))).toContain('run.queued');
  });

  it('is refused a second time to the same person', () => {
    const run = aRun({ plan: aPlan({ approval: twoApprovals }) })
      .approvedBy(APPROVER)
      .build();
    expect(typesOf(approve(run, approver))).toBe('already-approved');
  });

  it('is refused for a plan that is no longer in force', () => {
    const digest = aRun().build().digest;
    const run = aRun()
      .replan('playbook-changed', aPlan({ parameters: { region: 'us' } }))
      .build();
    expect(typesOf(approve(run, approver, { digest }))).toBe('plan-changed');
  });

  it('is refused from the very millisecond that it expires in', () => {
    const run = aRun().build();
    expect(typesOf(approve(run, approver, { now: run.expiresAt }))).toBe('approval-expired');
    const justBefore = new Date(Date.parse(run.expiresAt) - 1).toISOString();
    expect(typesOf(approve(run, approver, { now: justBefore }))).toContain('run.queued');
  });

  it('is refused once nothing is awaited any more', () => {
    expect(typesOf(approve(aRun().approvedBy(APPROVER).build(), nobody))).toBe('not-awaiting-approval');
  });
});

describe('Deny', () => {
  const deny = (run: Run, person: Person, reason = 'wrong target') =>
    decideDeny(run, { person, digest: run.digest, now: NOW, reason });

  it('by one person with the role ends it', () => {
    expect(typesOf(deny(aRun().build(), approver))).toEqual(['approval.denied']);
  });

  it('needs the role', () => {
    expect(typesOf(deny(aRun().build(), responder))).toBe('not-permitted');
  });

  it('needs a reason that is more than spaces', () => {
    expect(typesOf(deny(aRun().build(), approver, '  '))).toBe('missing-reason');
  });
});

describe('Expiring', () => {
  it('waits for its time', () => {
    const run = aRun().build();
    expect(typesOf(expire(run, { now: NOW }))).toBe('too-early');
    expect(typesOf(expire(run, { now: run.expiresAt }))).toEqual(['approval.expired']);
  });

  it('leaves alone a newer plan and a run that was approved in time', () => {
    const { digest, expiresAt } = aRun().build();
    const replaced = aRun()
      .after(1)
      .replan('branch-moved', aPlan({ parameters: { a: 'b' } }));
    expect(typesOf(expire(replaced.build(), { digest, now: expiresAt }))).toBe('plan-changed');
    const approved = aRun().approvedBy(APPROVER).build();
    expect(typesOf(expire(approved, { digest, now: expiresAt }))).toBe('not-awaiting-approval');
  });
});

describe('Cancel', () => {
  const cancel = (run: Run, person: Person, reason: string | null = null) =>
    decideCancel(run, { person, mayDecide: DECIDE, reason });

  it.each([
    ['awaiting approval', () => aRun()],
    ['queued', () => aRun().approvedBy(APPROVER)],
    [
      'waiting at a failed step',
      () => aRun().started().startStep('rollback').finishStep('rollback', { outcome: 'failed' }),
    ],
  ])('ends a run at once that is %s', (_state, story) => {
    expect(typesOf(cancel(story().build(), responder))).toEqual(['cancel.requested', 'run.cancelled']);
  });

  it('of a running step only asks, for the worker to stop it first', () => {
    const run = aRun().started().startStep('rollback').build();
    expect(typesOf(cancel(run, responder))).toEqual(['cancel.requested']);
  });

  it('asked twice is asked once', () => {
    const run = aRun().started().startStep('rollback').cancelRequestedBy('U0RESPONDER').build();
    expect(typesOf(cancel(run, responder))).toBe('step-moved-on');
  });

  it('is open to whoever asked for the run, with no role', () => {
    expect(typesOf(cancel(aRun().build(), { id: REQUESTER, roles: [] }))).toContain('run.cancelled');
  });

  it('is refused to others without the role', () => {
    expect(typesOf(cancel(aRun().build(), nobody))).toBe('not-permitted');
  });

  it('keeps the reason', () => {
    expect(cancel(aRun().build(), responder, 'found another way')).toMatchObject({
      events: [{ payload: { reason: 'found another way' } }, { payload: { why: 'found another way' } }],
    });
  });
});

describe('Unlock', () => {
  const unlock = (run: Run, person: Person, reason = 'worker machine is lost') =>
    decideUnlock(run, { person, mayUnlock: ['admin'], reason });

  it('by an admin ends a run in the middle of a step', () => {
    const run = aRun().started().startStep('rollback').build();
    expect(unlock(run, admin)).toMatchObject({
      events: [
        { type: 'cancel.requested', payload: { reason: 'worker machine is lost' } },
        { type: 'run.cancelled', payload: { why: 'web-shop was unlocked: worker machine is lost' } },
      ],
    });
  });

  it('needs the role and a reason', () => {
    expect(typesOf(unlock(aRun().build(), responder))).toBe('not-permitted');
    expect(typesOf(unlock(aRun().build(), admin, ' '))).toBe('missing-reason');
  });
});

describe('An answer to a step', () => {
  const answer = (
    run: Run,
    decision: StepDecision,
    { person = responder, step = 'rollback', attempt = 1, reason = 'done by hand' } = {},
  ) => decideStep(run, { person, mayDecide: DECIDE, step, attempt, decision, reason });
  const failed = () => aRun().started().startStep('rollback').finishStep('rollback', { outcome: 'failed' });
  const plan = aPlan({ steps: [aStep.manual(), aStep.http()] });
  const atManual = () => aRun({ plan }).started().startStep('look').waitAt('look');

  it.each(['retry', 'skip'] as const)('that failed: %s', (decision) => {
    expect(typesOf(answer(failed().build(), decision))).toEqual(['step.decided']);
  });

  it('that failed: abort fails the run as well', () => {
    expect(typesOf(answer(failed().build(), 'abort'))).toEqual(['step.decided', 'run.failed']);
  });

  it('that failed: skip needs a reason, abort names one in the ending', () => {
    expect(typesOf(answer(failed().build(), 'skip', { reason: ' ' }))).toBe('missing-reason');
    expect(answer(failed().build(), 'abort')).toMatchObject({
      events: [{}, { payload: { why: 'aborted at “Roll the branch back”: done by hand' } }],
    });
    expect(answer(failed().build(), 'abort', { reason: '' })).toMatchObject({
      events: [{ payload: { reason: null } }, { payload: { why: 'aborted at “Roll the branch back”' } }],
    });
  });

  it("that a person couldn't do: retry, skip and abort are open at the same attempt", () => {
    const run = atManual().decide('look', 'cannot').build();
    expect(typesOf(answer(run, 'retry', { step: 'look' }))).toEqual(['step.decided']);
    expect(typesOf(answer(run, 'done', { step: 'look' }))).toBe('step-answered');
  });

  it('that was interrupted: retry', () => {
    const run = aRun().started().startStep('rollback').interruptStep('rollback').build();
    expect(typesOf(answer(run, 'retry'))).toEqual(['step.decided']);
  });

  it('is refused while the step runs, and after somebody else was faster', () => {
    expect(typesOf(answer(aRun().started().startStep('rollback').build(), 'retry'))).toBe('step-not-waiting');
    expect(typesOf(answer(failed().decide('rollback', 'retry').build(), 'retry'))).toBe('step-answered');
    const again = failed().decide('rollback', 'retry').startStep('rollback').build();
    expect(typesOf(answer(again, 'abort'))).toBe('step-answered');
    expect(typesOf(answer(again, 'abort', { attempt: 2 }))).toBe('step-not-waiting');
  });

  it('of an earlier attempt or another step is refused', () => {
    expect(typesOf(answer(failed().build(), 'retry', { attempt: 2 }))).toBe('step-moved-on');
    expect(typesOf(answer(failed().build(), 'retry', { step: 'deploy' }))).toBe('step-moved-on');
  });

  it('of the plan before is refused in the plan after', () => {
    const run = failed()
      .decide('rollback', 'retry')
      .startStep('rollback')
      .replan('branch-moved', aPlan({ parameters: { a: 'b' } }))
      .started()
      .startStep('rollback')
      .finishStep('rollback', { outcome: 'failed' })
      .build();
    expect(typesOf(answer(run, 'retry', { attempt: 1 }))).toBe('step-moved-on');
    expect(typesOf(answer(run, 'retry', { attempt: 3 }))).toEqual(['step.decided']);
  });

  it('is refused to whoever may not decide', () => {
    expect(typesOf(answer(failed().build(), 'retry', { person: approver }))).toBe('not-permitted');
  });

  it.each(['done', 'cannot'] as const)(
    'of a manual step: %s, by the role that the playbook names',
    (decision) => {
      expect(typesOf(answer(atManual().build(), decision, { step: 'look' }))).toEqual(['step.decided']);
      expect(typesOf(answer(atManual().build(), decision, { step: 'look', person: admin }))).toBe(
        'not-permitted',
      );
    },
  );

  it.each(['retry', 'skip', 'abort'] as const)(
    'of a manual step that still waits: %s is refused',
    (decision) => {
      expect(typesOf(answer(atManual().build(), decision, { step: 'look' }))).toBe('step-not-waiting');
    },
  );

  it('can not call a wait done', () => {
    const run = aRun({ plan: aPlan({ steps: [aStep.wait(), aStep.http()] }) })
      .started()
      .startStep('settle')
      .waitAt('settle', NOW)
      .build();
    expect(typesOf(answer(run, 'done', { step: 'settle' }))).toBe('step-not-waiting');
  });

  it('can retry a verification but never skip it', () => {
    const run = aRun()
      .started()
      .didSteps(['rollback', 'deploy'])
      .startStep('healthy')
      .finishStep('healthy', { outcome: 'failed' })
      .build();
    expect(typesOf(answer(run, 'skip', { step: 'healthy' }))).toBe('verification-not-skippable');
    expect(typesOf(answer(run, 'retry', { step: 'healthy' }))).toEqual(['step.decided']);
  });
});

describe('An ended run', () => {
  const ended: readonly (readonly [string, Run])[] = [
    ['denied', aRun().deniedBy(APPROVER, 'no').build()],
    ['expired', aRun().expired().build()],
    ['cancelled', aRun().cancelled('no need').build()],
    ['succeeded', aRun().started().didSteps(['rollback', 'deploy', 'healthy']).succeeded().build()],
    ['failed', aRun().started().failed('rollback', 'aborted').build()],
  ];

  it.each(ended)('that was %s refuses every command by name', (status, run) => {
    const { digest, plan, expiresAt } = run;
    const step = { mayDecide: DECIDE, step: 'rollback', attempt: 1, reason: null };
    expect(run.status).toBe(status);
    expect([
      typesOf(approve(run, approver)),
      typesOf(decideDeny(run, { person: approver, digest, now: NOW, reason: 'no' })),
      typesOf(expire(run, { digest, now: expiresAt })),
      typesOf(decideCancel(run, { person: responder, mayDecide: DECIDE, reason: null })),
      typesOf(decideUnlock(run, { person: admin, mayUnlock: ['admin'], reason: 'x' })),
      typesOf(decideStep(run, { ...step, person: responder, decision: 'retry' })),
      typesOf(decideReplacePlan(run, { because: 'branch-moved', plan, digest, expiresAt })),
    ]).toEqual([...Array(3).fill('not-awaiting-approval'), ...Array(4).fill('already-ended')]);
  });
});
