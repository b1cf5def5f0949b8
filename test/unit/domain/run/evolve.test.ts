import { describe, expect, it } from 'vitest';
import { evolveRun, foldRun } from '../../../../src/domain/run/evolve.ts';
import { aPlan, aStep, hashOf } from '../../../support/plan-builder.ts';
import { APPROVER, aRun, START } from '../../../support/run-builder.ts';

const waitAndLook = aPlan({ steps: [aStep.wait(), aStep.manual(), aStep.http()] });
const at = (milliseconds: number) => new Date(START + milliseconds).toISOString();

describe('the state of a run', () => {
  it('begins awaiting approval, with every step of its plan pending', () => {
    const run = aRun().build();
    expect(run).toMatchObject({ status: 'awaiting_approval', version: 1, planNumber: 1, approvals: [] });
    expect(run.steps.map((step) => [step.plan.id, step.status, step.attempt])).toEqual([
      ['rollback', 'pending', 0],
      ['deploy', 'pending', 0],
      ['healthy', 'pending', 0],
    ]);
  });

  it('is undefined without events, and no other event may come first', () => {
    expect(foldRun([])).toBeUndefined();
    const [, second] = aRun().approvedBy(APPROVER).events();
    expect(() => second && evolveRun(undefined, second)).toThrow('before rollback.requested');
  });

  it('carries the version of the last event', () => {
    expect(aRun().approvedBy(APPROVER).build().version).toBe(3);
  });

  it.each([
    ['queued', aRun().approvedBy(APPROVER)],
    ['running', aRun().started()],
    ['running', aRun().started().startStep('rollback')],
    ['running', aRun().started().didSteps(['rollback'])],
    ['verifying', aRun().started().didSteps(['rollback', 'deploy'])],
    ['verifying', aRun().started().didSteps(['rollback', 'deploy']).startStep('healthy')],
    ['verifying', aRun().started().didSteps(['rollback', 'deploy', 'healthy'])],
    ['succeeded', aRun().started().didSteps(['rollback', 'deploy', 'healthy']).succeeded()],
    ['waiting', aRun().started().startStep('rollback').finishStep('rollback', { outcome: 'failed' })],
    ['waiting', aRun().started().startStep('rollback').interruptStep('rollback')],
    ['waiting', aRun({ plan: waitAndLook }).started().startStep('settle').waitAt('settle', at(60_000))],
    ['failed', aRun().started().failed('rollback', 'aborted')],
    ['denied', aRun().deniedBy(APPROVER, 'no')],
    ['expired', aRun().expired()],
    ['cancelled', aRun().cancelled('no need')],
  ])('is %s', (status, story) => {
    expect(story.build().status).toBe(status);
  });

  it('remembers the driver of the step in flight, and forgets it when the step ends', () => {
    expect(aRun().started().startStep('rollback').build().steps[0]).toMatchObject({
      status: 'running',
      attempt: 1,
      driver: 'worker-1',
    });
    const { steps } = aRun().started().didSteps(['rollback']).build();
    expect(steps[0]).toMatchObject({ status: 'succeeded', driver: null });
  });

  it('counts attempts and clears what the one before left', () => {
    const run = aRun()
      .started()
      .startStep('rollback')
      .finishStep('rollback', { outcome: 'failed', summary: 'exit code 1', tail: 'boom' })
      .decide('rollback', 'retry')
      .startStep('rollback')
      .build();
    expect(run.steps[0]).toMatchObject({
      status: 'running',
      attempt: 2,
      summary: '',
      tail: '',
      finishedAt: null,
    });
  });

  it('counts the steps that a person confirmed or skipped as over', () => {
    const run = aRun({ plan: waitAndLook })
      .started()
      .startStep('settle')
      .finishStep('settle', { outcome: 'failed' })
      .decide('settle', 'skip')
      .startStep('look')
      .waitAt('look')
      .decide('look', 'done')
      .build();
    expect(run.steps.map((step) => step.status)).toEqual(['skipped', 'succeeded', 'pending']);
    expect(run.status).toBe('verifying');
  });

  it('waits for a person after Can’t do', () => {
    const run = aRun({ plan: waitAndLook })
      .started()
      .didSteps(['settle'])
      .startStep('look')
      .waitAt('look')
      .decide('look', 'cannot')
      .build();
    expect(run).toMatchObject({ status: 'waiting', steps: [{}, { status: 'failed' }, {}] });
  });

  it('starts over with a new plan: no approvals, nothing done, attempts counted on', () => {
    const next = aPlan({ deployed: { ...aPlan().deployed, hash: hashOf('v1.5.0') } });
    const run = aRun()
      .started()
      .didSteps(['rollback'])
      .startStep('deploy')
      .replan('branch-moved', next)
      .build();
    expect(run).toMatchObject({
      status: 'awaiting_approval',
      planNumber: 2,
      replacedBecause: 'branch-moved',
    });
    expect(run.approvals).toEqual([]);
    expect(run.steps.map((step) => [step.status, step.attempt, step.driver])).toEqual([
      ['pending', 1, null],
      ['pending', 1, null],
      ['pending', 0, null],
    ]);
  });

  it('keeps when it started first and when it ended', () => {
    const run = aRun()
      .after(1_000)
      .started()
      .didSteps(['rollback', 'deploy', 'healthy'], 2_000)
      .succeeded()
      .build();
    expect(run).toMatchObject({ startedAt: at(1_000), endedAt: at(7_000) });
  });
});
