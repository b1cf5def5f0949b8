import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const SRC = fileURLToPath(new URL('../../../../src', import.meta.url));

const WRITES = 'slack/kit/mrkdwn.ts';
/** What Slack sends, and what was drawn, is read here. */
const READ = ['listeners/door/parse-mention.ts', 'slack/delivery/plain-markup.ts', 'slack/kit/plain-text.ts'];
const MARKUP = /<@|<#|<\$\{|<!(date|subteam|here|channel|everyone)|&(amp|lt|gt);/;

const CODE_AS_ENGLISH = /\.replace(All)?\([^()]*[-_][^()]*, ' '\)|\.split\(['"][-_]/;
/** The names of a playbook's parameters: typed by a team, no codes. */
const TYPED_NAMES = 'slack/run/forms/rollback.ts';

const linesOf = async (pattern: RegExp, but: readonly string[]): Promise<readonly string[]> => {
  const entries = await readdir(SRC, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.ts'));
  const found = await Promise.all(
    files.map(async ({ parentPath, name }) => {
      const path = relative(SRC, join(parentPath, name));
      const lines = but.includes(path) ? [] : (await readFile(join(SRC, path), 'utf8')).split('\n');
      return lines.flatMap((line, index) =>
        pattern.test(line) ? [`${path}:${index + 1} ${line.trim()}`] : [],
      );
    }),
  );
  return found.flat().toSorted();
};

it('mentions, channels, dates and escaped characters are written in one file of all', async () => {
  expect(await linesOf(MARKUP, [WRITES, ...READ])).toEqual([]);
  expect((await linesOf(MARKUP, READ)).length).toBeGreaterThan(0);
});

it('no code becomes English by taking its dashes out', async () => {
  expect(await linesOf(CODE_AS_ENGLISH, [TYPED_NAMES])).toEqual([]);
});
