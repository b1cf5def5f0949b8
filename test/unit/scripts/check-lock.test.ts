import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

type Entry = z.infer<typeof Entry>;
const Entry = z.record(z.string(), z.unknown());
const Lock = z.looseObject({ packages: z.record(z.string(), Entry) });

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'walkback-lock-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('the check of the lock file', () => {
  it('finds no fault with the one that is here', async () => {
    expect(await check('package-lock.json')).toEqual({
      code: 0,
      said: expect.stringMatching(/^package-lock\.json: \d{3} packages, complete for every system\n$/),
    });
  });

  it('names an optional package of another system that is missing, and who asks for it', async () => {
    const { code, said } = await checkChanged((packages) => {
      delete packages['node_modules/@biomejs/cli-win32-x64'];
    });
    expect(code).toBe(1);
    expect(said).toMatch(
      /@biomejs\/cli-win32-x64@\S+ is missing, an optional package of node_modules\/@biomejs\/biome\n/,
    );
    expect(said).toContain('npm install --package-lock-only');
  });

  it('names one that the project itself asks for', async () => {
    const { said } = await checkChanged((packages) => {
      delete packages['node_modules/local-slack-linux-x64'];
    });
    expect(said).toMatch(/local-slack-linux-x64@\S+ is missing, an optional package of package\.json\n/);
  });

  it('takes a package of another version for none, be it asked for exactly or by a range', async () => {
    const { said } = await checkChanged((packages) => {
      change(packages, 'node_modules/@biomejs/cli-win32-x64', { version: '1.0.0' });
      change(packages, 'node_modules/fsevents', { version: '2.4.0' });
    });
    expect(said).toMatch(
      /@biomejs\/cli-win32-x64 is there as 1\.0\.0, and node_modules\/@biomejs\/biome asks for 2/,
    );
    expect(said).toMatch(/fsevents is there as 2\.4\.0, and node_modules\/vite asks for ~2\.3/);
  });

  it('names a package without integrity, and one with an address', async () => {
    const { code, said } = await checkChanged((packages) => {
      change(packages, 'node_modules/zod', { integrity: undefined });
      change(packages, 'node_modules/yaml', { resolved: 'https://example.com/yaml.tgz' });
    });
    expect(code).toBe(1);
    expect(said).toContain('node_modules/zod has no integrity');
    expect(said).toContain('node_modules/yaml holds an address ("resolved")');
  });

  it("names a package that doesn't say for which system, processor or C library it is", async () => {
    const { said } = await checkChanged((packages) => {
      change(packages, 'node_modules/@biomejs/cli-darwin-arm64', { os: ['linux'], cpu: undefined });
      change(packages, 'node_modules/@rolldown/binding-linux-x64-musl', { libc: undefined });
    });
    expect(said).toContain('@biomejs/cli-darwin-arm64 doesn\'t say that it is for darwin ("os")');
    expect(said).toContain('@biomejs/cli-darwin-arm64 doesn\'t say for which processor it is ("cpu")');
    expect(said).toContain('@rolldown/binding-linux-x64-musl doesn\'t say that it needs musl ("libc")');
  });
});

async function checkChanged(edit: (packages: Record<string, Entry>) => void) {
  const lock = Lock.parse(JSON.parse(await readFile('package-lock.json', 'utf8')));
  edit(lock.packages);
  const file = join(folder, 'package-lock.json');
  await writeFile(file, JSON.stringify(lock));
  return check(file);
}

function change(packages: Record<string, Entry>, place: string, changes: Record<string, unknown>): void {
  const entry = packages[place];
  if (entry === undefined) throw new Error(`the lock file has no ${place}`);
  packages[place] = { ...entry, ...changes };
}

function check(file: string): Promise<{ readonly code: number; readonly said: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['scripts/check-lock.mjs', file], (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, said: stdout + stderr });
    });
  });
}
