import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

/** What the built program says to these words, on either stream, and its exit code. */
function walkback(...words: readonly string[]): Promise<readonly [number, string]> {
  return new Promise((told) => {
    const child = execFile(process.execPath, [resolve('dist/bin/main.js'), ...words], (_, out, err) =>
      told([child.exitCode ?? -1, `${out}${err}`]),
    );
  });
}

describe('what is typed', () => {
  it.each([['--version'], ['-v']])('says its version to %s', async (option) => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(await walkback(option)).toEqual([0, `${version}\n`]);
  });

  it.each([
    [
      '--verison',
      'There is no option --verison; did you mean --version? walkback --help says what there is.',
    ],
    ['strat', 'There is no command strat; did you mean start? walkback --help says what there is.'],
    ['start --dry-run', 'There is no option --dry-run. walkback start --help says what there is.'],
    ['worker now', 'It takes nothing behind its name. walkback worker --help says what there is.'],
    [
      'validate a b',
      'It takes at most 1 behind its name, and got 2. walkback validate --help says what there is.',
    ],
    ['doctor bto', 'There is no role bto; there are bot, worker. walkback doctor --help says what there is.'],
  ])('refuses “%s” in a sentence, with the nearest and where to look', async (typed, sentence) => {
    expect(await walkback(...typed.split(' '))).toEqual([1, `${sentence}\n`]);
  });

  it('shows what there is where nothing is typed', async () => {
    const [, said] = await walkback();
    for (const command of ['start', 'bot', 'worker', 'validate', 'doctor'])
      expect(said).toContain(`  ${command} `);
  });
});
