import { expect, it } from 'vitest';
import { askOf, isDoneByWorker, lastsMs } from '../../../../src/domain/steps/done.ts';
import { STEP_KINDS } from '../../../../src/domain/steps/kinds.ts';
import { aStep } from '../../../support/plan-builder.ts';

it('every step is done by a worker, or asks a person, or lasts a time, and only one of these', () => {
  for (const kind of STEP_KINDS) {
    const step = aStep[kind]();
    const ways = [isDoneByWorker(step), askOf(step) !== undefined, lastsMs(step) !== undefined];
    expect(
      ways.filter((way) => way),
      kind,
    ).toHaveLength(1);
  }
});

it('a manual step asks its role for what it says', () => {
  expect(askOf(aStep.manual())).toEqual({
    role: 'responder',
    instruction: 'Open the dashboard. Are errors below 1 %?',
  });
});

it('a wait lasts its time', () => {
  expect(lastsMs(aStep.wait({ durationMs: 5 }))).toBe(5);
});
