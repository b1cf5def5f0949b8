import { expect, it } from 'vitest';
import { incidentRoleWords, replacedWords, runStatusWords } from '../../../src/words/codes.ts';

it('calls codes what people call them', () => {
  expect(runStatusWords('awaiting_approval')).toBe('awaiting approval');
  expect(runStatusWords('deferred')).toBe('on the list for the next deployment');
  expect(incidentRoleWords('subject-expert')).toBe('subject expert');
  expect(replacedWords('branch-moved')).toBe('branch moved');
});

it('shows a code that there is no longer as it is', () => {
  expect(runStatusWords('some_old-status')).toBe('some_old-status');
  expect(runStatusWords('constructor')).toBe('constructor');
});
