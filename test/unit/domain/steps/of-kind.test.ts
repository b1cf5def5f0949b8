import { describe, expect, it } from 'vitest';
import { PlanStep, stepKinds } from '../../../../src/domain/steps/kinds.ts';
import { kindsOf, stepSchemaFor } from '../../../../src/domain/steps/of-kind.ts';
import { aStep } from '../../../support/plan-builder.ts';

it.each(Object.entries(aStep))('a stored step of the kind %s is read back as it was', (_kind, make) => {
  expect(PlanStep.parse(JSON.parse(JSON.stringify(make())))).toEqual(make());
});

describe('the kinds that a step claims to be', () => {
  it('are those whose key it has, whatever stands there', () => {
    expect(kindsOf({ run: 5, git: null })).toEqual(['git', 'run']);
    expect(kindsOf({ id: 'a' })).toEqual([]);
    expect(kindsOf('git')).toEqual([]);
    expect(kindsOf(null)).toEqual([]);
  });

  it('have a schema where there is just one', () => {
    expect(stepSchemaFor({ wait: 'soon' })).toBe(stepKinds.wait.written);
    expect(stepSchemaFor({ wait: '1m', run: 'ls' })).toBeUndefined();
    expect(stepSchemaFor({})).toBeUndefined();
  });
});
