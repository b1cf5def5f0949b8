import { expect, it } from 'vitest';
import type { Problem } from '../../../../src/domain/problem/problem.ts';
import { brokenConfigurationText } from '../../../../src/slack/kit/broken-configuration.ts';
import { textMessage } from '../../../../src/slack/kit/message.ts';
import { nasty } from '../../../support/nasty-text.ts';
import { validateMessage } from '../../../support/slack-rules.ts';

const problem = (change: Partial<Problem> = {}): Problem => ({
  level: 'error',
  file: 'playbooks/undo.yml',
  line: 4,
  column: 11,
  what: 'estimate',
  expected: 'a duration',
  found: '"soon"',
  example: 'estimate: 5m',
  ...change,
});

it('says which file, where, what was expected and found, that nothing was done, and what to do', () => {
  expect(brokenConfigurationText([problem()])).toBe(
    [
      ":warning: `playbooks/undo.yml` can't be used as it stands there now, so nothing was done.",
      '• `playbooks/undo.yml`, line 4, column 11: `estimate`: expected a duration, found "soon"',
      'Mend it, or tell whoever edits it; then try again.',
    ].join('\n'),
  );
});

it('names the first three of many, and where to see the others; warnings are none', () => {
  const text = brokenConfigurationText([
    problem({ level: 'warning', what: 'only a warning' }),
    ...[1, 2, 3, 4, 5].map((line) => problem({ file: 'walkback.yml', line })),
  ]);
  expect(text).toContain('line 3,');
  expect(text).not.toContain('line 4,');
  expect(text).toContain('…and 2 more, which `walkback validate` shows');
  expect(text).not.toContain('only a warning');
});

it('fits, and is harmless, whatever stands in the file', () => {
  const long = nasty(500);
  const problems = Array.from({ length: 9 }, () =>
    problem({ file: long, what: long, expected: long, found: long }),
  );
  expect(validateMessage(textMessage(brokenConfigurationText(problems)))).toEqual([]);
});
