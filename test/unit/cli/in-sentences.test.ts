import { Command } from 'commander';
import { expect, it } from 'vitest';
import { inSentences } from '../../../src/cli/in-sentences.ts';

/** What a command with all that may be asked of one complains of. */
function complaint(...typed: readonly string[]): string {
  const said: string[] = [];
  const command = inSentences(new Command('do'))
    .argument('<place>')
    .option('--folder <folder>')
    .exitOverride();
  command.configureOutput({ writeErr: (text) => said.push(text) });
  expect(() => command.parse(typed, { from: 'user' })).toThrow();
  return said.join('');
}

it.each([
  [[], 'The place is missing. do --help says what there is.\n'],
  [['here', '--folder'], 'The option --folder <folder> needs a value. do --help says what there is.\n'],
  [
    ['here', '--foldr', 'x'],
    'There is no option --foldr; did you mean --folder? do --help says what there is.\n',
  ],
  [['here', 'there'], 'It takes at most 1 behind its name, and got 2. do --help says what there is.\n'],
])('%j is refused in a sentence', (typed, sentence) => {
  expect(complaint(...typed)).toBe(sentence);
});
