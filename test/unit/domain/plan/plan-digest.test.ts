import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Plan } from '../../../../src/domain/plan/plan.ts';
import { digestPlan } from '../../../../src/domain/plan/plan-digest.ts';
import { aCommit, aPlan, aStep, hashOf } from '../../../support/plan-builder.ts';

describe('the digest of a plan', () => {
  it('is 64 hex digits, the same for the same plan', () => {
    expect(digestPlan(aPlan())).toMatch(/^[0-9a-f]{64}$/);
    expect(digestPlan(aPlan())).toBe(digestPlan(aPlan()));
  });

  it('does not depend on the order of keys, however deep', () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat()), (numbers) => {
        const shuffled = shuffleKeys(aPlan({ parameters: { region: 'eu', zone: 'a', size: '2' } }), numbers);
        expect(digestPlan(Plan.parse(shuffled))).toBe(
          digestPlan(aPlan({ parameters: { region: 'eu', zone: 'a', size: '2' } })),
        );
      }),
    );
  });

  it('survives being stored as JSON and read again', () => {
    expect(digestPlan(Plan.parse(JSON.parse(JSON.stringify(aPlan()))))).toBe(digestPlan(aPlan()));
  });

  it.each([
    ['another target', { target: aCommit({ hash: hashOf('v1.2.0') }) }],
    ['another head', { deployed: aCommit({ hash: hashOf('v1.5.0') }) }],
    ['another parameter', { parameters: { region: 'us' } }],
    ['another severity', { severity: 'P3' as const }],
    [
      'another playbook file',
      { playbook: { name: 'roll-back', title: 'Roll back and redeploy', fileDigest: 'b'.repeat(64) } },
    ],
    ['another command', { steps: [aStep.git(), aStep.run({ command: './deploy.sh' }), aStep.http()] }],
    ['another order of steps', { steps: [aStep.run(), aStep.git(), aStep.http()] }],
    ['fewer approvals', { approval: { roles: ['approver'], count: 2, requesterMayApprove: false } }],
  ])('changes with %s', (_what, overrides) => {
    expect(digestPlan(aPlan(overrides))).not.toBe(digestPlan(aPlan()));
  });
});

function shuffleKeys(value: unknown, numbers: Iterator<number>): unknown {
  if (Array.isArray(value)) return value.map((part) => shuffleKeys(part, numbers));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, part]) => [Number(numbers.next().value), key, shuffleKeys(part, numbers)] as const)
      .sort(([one], [other]) => one - other)
      .map(([, key, part]) => [key, part]),
  );
}
