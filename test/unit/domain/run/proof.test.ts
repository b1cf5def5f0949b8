import { describe, expect, it } from 'vitest';
import { doubtsOf, isProven, isUnproven } from '../../../../src/domain/run/proof.ts';
import { aPlan, aStep } from '../../../support/plan-builder.ts';
import { APPROVER, aRun } from '../../../support/run-builder.ts';

const upToDeploy = () => aRun().started().didSteps(['rollback']).startStep('deploy');

describe('what a run proves', () => {
  it('proves its target when every step was done and something looked', () => {
    const run = upToDeploy().finishStep('deploy').didSteps(['healthy']).succeeded().build();
    expect(isProven(run)).toBe(true);
    expect(doubtsOf(run)).toEqual([]);
  });

  it('proves nothing before its end', () => {
    expect(isProven(upToDeploy().finishStep('deploy').didSteps(['healthy']).build())).toBe(false);
  });

  it('proves nothing where a step was skipped, and says by whom and why', () => {
    const run = upToDeploy()
      .finishStep('deploy', { outcome: 'failed' })
      .decide('deploy', 'skip', 'deployed by hand')
      .didSteps(['healthy'])
      .succeeded()
      .build();
    expect(isProven(run)).toBe(false);
    expect(isUnproven(run)).toBe(true);
    expect(doubtsOf(run)).toEqual([
      {
        kind: 'skipped',
        step: 'Deploy it',
        by: { kind: 'user', id: APPROVER },
        reason: 'deployed by hand',
        at: expect.stringMatching(/^2026-01-05T/),
      },
    ]);
  });

  it('forgets how an earlier attempt was answered: what was tried again and done is done', () => {
    const run = upToDeploy()
      .finishStep('deploy', { outcome: 'failed' })
      .decide('deploy', 'retry')
      .didSteps(['deploy', 'healthy'])
      .succeeded()
      .build();
    expect(isProven(run)).toBe(true);
    expect(doubtsOf(run)).toEqual([]);
  });

  it('proves nothing by time alone', () => {
    const steps = [aStep.git(), aStep.wait({ id: 'settle', phase: 'Verify' })];
    const run = aRun({ plan: aPlan({ steps }) })
      .started()
      .didSteps(['rollback', 'settle'])
      .succeeded()
      .build();
    expect(doubtsOf(run)).toEqual([{ kind: 'unchecked' }]);
  });

  it('is neither proven nor in doubt when it failed: that is said as it is', () => {
    const run = upToDeploy().finishStep('deploy', { outcome: 'failed' }).failed('deploy', 'aborted').build();
    expect([isProven(run), isUnproven(run)]).toEqual([false, false]);
  });
});
