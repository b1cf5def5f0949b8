import { expect, it } from 'vitest';
import { askOf, isDoneByWorker, lastsMs } from '../../../../src/domain/steps/done.ts';
import { aStep } from '../../../support/plan-builder.ts';

it('every step is done by a worker, or asks a person, or lasts a time, and only one of these', () => {
  for (const make of Object.values(aStep)) {
    const step = make();
    const ways = [isDoneByWorker(step), askOf(step) !== undefined, lastsMs(step) !== undefined];
    expect(
      ways.filter((way) => way),
      step.kind,
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
