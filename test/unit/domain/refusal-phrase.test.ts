import { expect, it } from 'vitest';
import { refusalPhrase } from '../../../src/domain/refusal-phrase.ts';

it('says in a few words what completes "not started: …"', () => {
  expect(refusalPhrase('rollback-in-progress')).toBe('another rollback is in progress there');
  expect(refusalPhrase('not-permitted')).toBe('not permitted');
});

it('shows a reason that old records hold and that there is no longer as it is', () => {
  expect(refusalPhrase('superseded')).toBe('superseded');
  expect(refusalPhrase('constructor')).toBe('constructor');
});
