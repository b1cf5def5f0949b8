import { expect, it } from 'vitest';
import { run } from '../../../../src/domain/steps/run.ts';
import { aStep } from '../../../support/plan-builder.ts';

const words = (change: Parameters<typeof aStep.run>[0] = {}) =>
  run.words(run.exact.parse(aStep.run(change)), (text) => text);

it('reads as the command itself, with where it runs and what it is given around it', () => {
  expect(words()).toEqual({
    facts: 'bash, ends at the first failure, at most 2 min',
    exact: './deploy.sh --quick',
    around: ['in /srv/web-shop', 'REGION=eu-1'],
  });
});

it('says how often it is tried again, and that it has a directory of its own', () => {
  const { facts, around } = words({ retries: 2, directory: null });
  expect(facts).toBe('bash, ends at the first failure, at most 2 min, 2 retries');
  expect(around[0]).toBe('in a scratch directory');
});

it('keeps a variable of several lines on one, so that none passes for a command', () => {
  expect(words({ environment: { LINES: 'a\r\nrm -rf /' } }).around[1]).toBe('LINES=a\\r\\nrm -rf /');
});

it('says whole what runs it, where the playbook names a program of its own', () => {
  const { facts, around } = words({ shell: 'python3 -c' });
  expect(facts).toBe('by python3, at most 2 min');
  expect(around[0]).toBe('shell: python3 -c');
});

it('says of a plan from before there was a choice that it goes on after a failure', () => {
  const { shell: _, ...before } = run.exact.parse(aStep.run());
  expect(run.words(run.exact.parse(before), (text) => text).facts).toBe(
    'shell command (plain sh: goes on after a failure), at most 2 min',
  );
});
