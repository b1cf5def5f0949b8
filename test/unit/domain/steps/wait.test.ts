import { expect, it } from 'vitest';
import { wait } from '../../../../src/domain/steps/wait.ts';

const common = { kind: 'wait', id: 'settle', title: 'Settle', phase: 'Roll back', repeatable: true } as const;

it('lasts as long as it is written', () => {
  const { wait: durationMs } = wait.written.parse({ id: 'settle', title: 'Settle', wait: '90s' });
  const step = wait.exact.parse({ ...common, durationMs });
  expect(wait.done.lastsMs(step)).toBe(90_000);
  expect(wait.words(step)).toEqual({ facts: '', exact: 'wait 1 min 30 s' });
});
