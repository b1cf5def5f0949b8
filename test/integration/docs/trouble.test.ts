import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const FOLDERS = ['src', 'templates'];

/** All that may be said, without what only joins its lines and marks it up. */
const said = plain(
  FOLDERS.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(ts|hbs)$/.test(file))
      .map((file) => readFileSync(join(folder, file), 'utf8')),
  ).join('\n'),
);
const quotes = readFileSync('docs/trouble.md', 'utf8')
  .split('\n')
  .flatMap((line) => (line.startsWith('> ') ? [line.slice(2)] : []));

it.each(quotes)('Walkback says “%s”', (quote) => {
  const parts = quote
    .split('…')
    .map((part) => plain(part).trim())
    .filter((part) => /\w{2}/.test(part));
  expect(parts.length).toBeGreaterThan(0);
  expect(parts.filter((part) => !said.includes(part))).toEqual([]);
});

it('quotes enough to be of use', () => {
  expect(quotes.length).toBeGreaterThan(30);
});

function plain(text: string): string {
  return text
    .replaceAll("\\'", "'")
    .replace(/\s+/g, ' ')
    .replace(/^[:;,.\s]+(?=\w)|[:;,.\s]+$/g, '');
}
