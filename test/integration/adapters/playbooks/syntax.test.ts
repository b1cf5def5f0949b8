import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkConfiguration } from '../../../../src/adapters/playbooks/check-configuration.ts';
import { formatProblem } from '../../../../src/domain/problem/problem.ts';
import { aFolder, SOUND_PLAYBOOK, SOUND_TEAM } from '../../../support/configuration-folder.ts';

const FILES = { 'walkback.yml': SOUND_TEAM, 'playbooks/undo.yml': SOUND_PLAYBOOK };

async function check(files: Record<string, string>): Promise<readonly string[]> {
  const { problems } = await checkConfiguration({ root: await aFolder({ ...FILES, ...files }) });
  return problems.map(formatProblem);
}

/** The playbook with one text changed, and with a fault of another kind far below it. */
async function playbookWith(from: string, to: string): Promise<readonly string[]> {
  if (!SOUND_PLAYBOOK.includes(from)) throw new Error(`nothing to replace: ${from}`);
  const text = SOUND_PLAYBOOK.replace(from, () => to).replace('attempts: 30', 'attempts: many');
  return check({ 'playbooks/undo.yml': text });
}

const told = (place: string, expected: string, found: string, example: string) =>
  `playbooks/undo.yml:${place}  syntax: expected ${expected}, found ${found}\n    for example: ${example}`;

describe('what is not YAML is told in plain words, and hides nothing else', () => {
  it.each<[string, string, string, string]>([
    [
      'no space after the colon',
      'title: Undo it',
      'title:Undo it',
      told('15:14', 'a space after the colon', 'title:Undo it', 'title: Undo it'),
    ],
    [
      'a quote that is not closed',
      'title: Undo it',
      'title: "Undo it',
      told('15:16', 'a text whose " is closed', 'title: "Undo it', 'title: "Undo it"'),
    ],
    [
      'an apostrophe within single quotes',
      'title: Undo it',
      "title: 'It's undone'",
      told('15:16', 'quotes around the whole text, or none', "'It's undone'", 'title: "It\'s undone"'),
    ],
    [
      'a colon in a text',
      'title: Undo it',
      'title: Undo it: now',
      told(
        '15:16',
        'quotes around a text with a colon and a space in it',
        'Undo it: now',
        'title: "Undo it: now"',
      ),
    ],
    [
      'a text that starts with @',
      'title: Undo it',
      'title: @shop is undone',
      told('15:16', 'quotes around a text that starts with @', '@shop is undone', 'title: "@shop is undone"'),
    ],
    [
      'a text that starts with a backtick',
      'title: Undo it',
      'title: `undo` it',
      told('15:16', 'quotes around a text that starts with a backtick', '`undo` it', 'title: "`undo` it"'),
    ],
    [
      'a text that starts with %',
      'title: Undo it',
      'title: %shop%',
      told('15:16', 'quotes around a text that starts with %', '%shop%', 'title: "%shop%"'),
    ],
    [
      'a text that starts with *',
      'title: Undo it',
      'title: *all*',
      told(
        '15:16',
        'quotes around a text that starts with *, or an anchor (&name) before it',
        '*all*',
        'title: "*all*"',
      ),
    ],
    [
      'a list that is not closed',
      'choices: [eu, us]',
      'choices: [eu, us',
      told('8:14', 'a ] that closes the [', 'choices: [eu, us', 'choices: [eu, us]'),
    ],
    [
      'braces without a comma',
      'manual: { instruction: Is it well?, role: responder }',
      'manual: { instruction: well, role: responder extra: no }',
      told(
        '30:13',
        'commas between what stands in braces',
        'manual: { instruction: well, role: responder extra: no }',
        'manual: { instruction: well, role: responder, extra: no }',
      ),
    ],
    [
      'a key that stands too deep',
      '        title: Undo it',
      '          title: Undo it',
      told(
        '15:11',
        'the same indentation as line 14, whose key has a value already',
        'title: Undo it',
        'title: Undo it',
      ),
    ],
    [
      'a key that stands beside no other',
      '        title: Undo it',
      '       title: Undo it',
      told(
        '15:8',
        'the indentation of the keys beside it, as on line 14',
        'title: Undo it, 7 spaces in',
        'title: Undo it',
      ),
    ],
    [
      'a tab, and more of them',
      '        title: Undo it\n        git: {}',
      '\t\ttitle: Undo it\n\t\tgit: {}',
      told('15:1', 'spaces as indentation', 'a tab, here and on 1 more line', '        title: Undo it'),
    ],
    [
      'a space that is none',
      'title: Undo it',
      'title:\u00A0Undo it',
      told(
        '15:15',
        'ordinary spaces',
        'a character that looks like a space and is another, as copied from a chat or a page',
        '        title: Undo it',
      ),
    ],
    [
      'a merge conflict',
      'estimate: 5m\n',
      '<<<<<<< HEAD\nestimate: 5m\n=======\nestimate: 6m\n>>>>>>> theirs\n',
      told(
        '4:1',
        'a file whose merge is done',
        'a merge conflict, up to line 8',
        'keep what is right of the two parts, and delete the lines <<<<<<<, ======= and >>>>>>>',
      ),
    ],
    [
      'a key for the second time',
      'title: Undo it',
      'title: Undo it\n        title: Undo it',
      told(
        '16:9',
        'each key once in a mapping',
        'a key for the second time',
        'keep one of the two and delete the other',
      ),
    ],
    [
      'a line that starts with %',
      'name: undo',
      '%undo\nname: undo',
      told('1:1', 'a key, or a comment, which starts with #', '%undo', '# %undo'),
    ],
  ])('%s', async (_, from, to, first) => {
    const problems = await playbookWith(from, to);
    expect(problems.filter((problem) => problem.includes('syntax: '))).toEqual([first]);
    expect(problems.join()).toContain('verify[0].http.attempts: expected a whole number from 1 to 1000');
  });

  it('several documents in one file', async () => {
    expect(await check({ 'walkback.yml': `${SOUND_TEAM}---\nmore: 1\n` })).toEqual([
      expect.stringContaining(
        'walkback.yml:25:1  syntax: expected one document in the file, found another one',
      ),
    ]);
  });

  it('several faults in one file, each on its line', async () => {
    const text = SOUND_TEAM.replace('title: Web shop', 'title:Web shop').replace('[undo]', '[undo');
    expect((await check({ 'walkback.yml': text })).map((problem) => problem.split('  ')[0])).toEqual([
      'walkback.yml:17:10',
      'walkback.yml:19:16',
    ]);
  });

  it('another encoding, which leaves nothing to go on with', async () => {
    const root = await aFolder(FILES);
    await writeFile(join(root, 'walkback.yml'), `\uFEFF${SOUND_TEAM}`, 'utf16le');
    const { problems } = await checkConfiguration({ root });
    expect(problems.map(formatProblem)).toEqual([
      expect.stringMatching(/^walkback\.yml:1:1 {2}syntax: expected a file in UTF-8, found UTF-16/),
    ]);
  });
});

describe('nothing is wrong with', () => {
  it.each<[string, (text: string) => string]>([
    ['a byte order mark', (text) => `\uFEFF${text}`],
    ['line ends of Windows', (text) => text.replaceAll('\n', '\r\n')],
    [
      'a command with tabs and the signs of a conflict in it',
      (text) =>
        text.replace(
          'run: ./deploy.sh "$PARAM_REGION"',
          'run: |\n          cat <<-END\n          \t======= "$PARAM_REGION"\n          END',
        ),
    ],
    ['a text over several lines', (text) => text.replace('title: Undo it', 'title: "Undo\n          it"')],
  ])('%s', async (_, change) => {
    expect(change(SOUND_PLAYBOOK)).not.toBe(SOUND_PLAYBOOK);
    expect(await check({ 'playbooks/undo.yml': change(SOUND_PLAYBOOK) })).toEqual([]);
  });
});
