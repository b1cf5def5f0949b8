import { expect, it } from 'vitest';
import { git } from '../../../../src/domain/steps/git.ts';
import { aStep, hashOf } from '../../../support/plan-builder.ts';

const step = (change: Parameters<typeof aStep.git>[0] = {}) => git.exact.parse(aStep.git(change));
const asItIs = (text: string) => text;

it('reads as the branch that goes back, what it must point at, and where to', () => {
  const { facts, exact } = git.words(step(), asItIs);
  expect(facts).toBe('git, method tree');
  expect(exact).toBe(
    [
      'repository https://git.example.com/web-shop.git',
      `branch     main, only if it still points at ${hashOf('v1.4.0')}`,
      `target     ${hashOf('v1.3.0')}`,
    ].join('\n'),
  );
});

it('names the paths where only they go back', () => {
  const { exact } = git.words(step({ method: 'paths', paths: ['src/a', 'src/b'] }), asItIs);
  expect(exact.split('\n').at(-1)).toBe('paths      src/a src/b');
});

it('hides what the address of the repository may hold, and nothing else', () => {
  const { facts, exact } = git.words(step(), () => 'hidden');
  expect(facts).toBe('git, method tree');
  expect(exact.split('\n')[0]).toBe('repository hidden');
  expect(exact).toContain('branch     main');
});
