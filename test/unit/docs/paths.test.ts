import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const DOCS = [
  ...['ARCHITECTURE.md', 'CONTRIBUTING.md', 'README.md'],
  ...readdirSync('docs').flatMap((name) => (name.endsWith('.md') ? [join('docs', name)] : [])),
];
const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync('package.json', 'utf8')));
/** What is made when something runs, and so isn't there before. */
const ignored = readFileSync('.gitignore', 'utf8').split('\n').map(withoutSlash);

describe.each(DOCS)('%s', (doc) => {
  const text = readFileSync(doc, 'utf8');

  it('names only files and folders that exist', () => {
    expect(pathsIn(text).filter((path) => !isThere(path, doc))).toEqual([]);
  });

  it('names only commands of npm that exist', () => {
    const named = [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, name = '']) => name);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });
});

describe('a path in a text', () => {
  it.each([
    ['in backticks, by its slash or its ending', 'See `domain/run/evolve.ts` and `walkback.yml`.', 2],
    ['each of several in braces', '`domain/{run,incident}/events.ts`', 2],
    ['that a link or a picture leads to', '![card](docs/run-card.png), [how](docs/a.md#steps)', 2],
    [
      'no address, command, option or branch',
      '`https://a.b/c.ts`, `/rollback`, `npm run x`, `git@host:a/b`',
      0,
    ],
  ])('is found: %s', (_, text, count) => {
    expect(pathsIn(text)).toHaveLength(count);
  });

  it('is there from the root, from src/ or from the text; with a name in capitals, its folder is', () => {
    const there = ['src/main.ts', 'domain/run/', 'engine/steps/KIND.ts', 'writing-a-playbook.md', 'dist/bin'];
    expect(there.filter((path) => !isThere(path, 'docs/x.md'))).toEqual([]);
    expect(['domain/walk.ts', 'engine/nothing/KIND.ts'].filter((path) => isThere(path, 'README.md'))).toEqual(
      [],
    );
  });
});

/** A path has a slash or the ending of a file, and nothing that an address, a command or an option would have. */
function pathsIn(text: string): readonly string[] {
  const quoted = [...text.matchAll(/`([^`\n]+)`/g)].flatMap(([, code = '']) => expandBraces(code));
  const paths = quoted.filter((code) => /^[\w.@-]+(\/[\w.@-]+)*\/?$/.test(code));
  const linked = [...text.matchAll(/\]\((?!\w+:)([^)#\s]+)/g)].map(([, target = '']) => target);
  return [...paths.filter((path) => /\/|\.(ts|mjs|cjs|md|yml|json|hbs|png)$/.test(path)), ...linked];
}

function expandBraces(code: string): readonly string[] {
  const [, before = '', names, after = ''] = /^(.*?)\{([^{}]+)\}(.*)$/.exec(code) ?? [];
  if (names === undefined) return [code];
  return names.split(',').flatMap((name) => expandBraces(`${before}${name.trim()}${after}`));
}

/** A name all in capitals stands for any, as in templates/NAME.hbs: then what is before it must be there. */
function isThere(path: string, doc: string): boolean {
  const [known = ''] = path.split(/(?<=^|\/)[A-Z][A-Z-]+(?=\.(?!md)|\/|$)/);
  if (ignored.includes(path.split('/')[0] ?? '')) return true;
  return ['.', 'src', dirname(doc)].some((folder) => existsSync(join(folder, known)));
}

function withoutSlash(path: string): string {
  return path.replace(/\/$/, '');
}
