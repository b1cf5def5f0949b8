import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { aFolder, SOUND_PLAYBOOK, SOUND_TEAM } from '../../support/configuration-folder.ts';

/** What the built program says to these words, on either stream, and its exit code. */
const walkback = (...words: readonly string[]) => walkbackWith({}, words);

function walkbackWith(
  settings: Readonly<Record<string, string>>,
  words: readonly string[],
): Promise<readonly [number, string]> {
  return new Promise((told) => {
    const child = execFile(
      process.execPath,
      [resolve('dist/bin/main.js'), ...words],
      { env: { PATH: process.env['PATH'], ...settings } },
      (_, out, err) => told([child.exitCode ?? -1, `${out}${err}`]),
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

  it('refuses to validate what is no folder', async () => {
    const folder = await aFolder({ 'walkback.yml': SOUND_TEAM });
    const [code, said] = await walkback('validate', `${folder}/walkback.yml`);
    expect([code, said]).toEqual([
      1,
      expect.stringContaining('walkback.yml is a file: name the folder with'),
    ]);
    expect(await walkback('validate', `${folder}/nowhere`)).toEqual([
      1,
      expect.stringContaining(`There is no folder ${folder}/nowhere.`),
    ]);
  });

  it('ends quietly when nobody reads on', async () => {
    const { stderr } = await promisify(execFile)('sh', [
      '-c',
      '"$0" "$1" --help | head -n 1; "$0" "$1" validate "$2" | true',
      process.execPath,
      resolve('dist/bin/main.js'),
      resolve('.'),
    ]);
    expect(stderr).toBe('');
  });

  it('shows what there is where nothing is typed', async () => {
    const [, said] = await walkback();
    for (const command of ['start', 'bot', 'worker', 'validate', 'doctor'])
      expect(said).toContain(`  ${command} `);
  });
});

it('tells in a sentence what keeps it from starting, without a token', async () => {
  const root = await aFolder({ 'walkback.yml': SOUND_TEAM, 'playbooks/undo.yml': SOUND_PLAYBOOK });
  const [code, said] = await walkbackWith(
    {
      WALKBACK_ROOT: root,
      SLACK_BOT_TOKEN: 'xoxb-hidden',
      SLACK_APP_TOKEN: 'xapp-hidden',
      SLACK_API_URL: 'http://127.0.0.1:1/api/',
      LOG_LEVEL: 'silent',
    },
    ['start'],
  );
  expect(said).toMatch(/^Walkback could not start: .*ECONNREFUSED.*\. `walkback doctor` looks for why\.\n$/);
  expect(said).not.toContain('hidden');
  expect(code).toBe(1);
});
