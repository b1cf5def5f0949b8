import { execFile, type PromiseWithChild, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { demoApp } from '../../src/demo/slack-workspace.ts';
import { startDemoSlack } from '../support/demo-slack.ts';
import { filesInReadme } from '../support/files-in-readme.ts';

const Lock = z.object({
  packages: z.record(
    z.string(),
    z.object({
      dev: z.boolean().optional(),
      optional: z.boolean().optional(),
      bin: z.record(z.string(), z.string()).default({}),
    }),
  ),
});

let folder = '';

/** An empty folder in which what `npm pack` makes was installed, without any network, and the two files of README. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'walkback-installed-'));
  const packed = join(folder, 'packed');
  await mkdir(packed);
  await npm('.', ['pack', '--ignore-scripts', '--pack-destination', packed]);
  await takeDependencies();
  await writeFile(join(folder, 'package.json'), '{ "private": true }');
  const [file = ''] = readdirSync(packed);
  await npm(folder, ['install', '--offline', '--omit=optional', join(packed, file)]);
  for (const [name, text] of Object.entries(filesInReadme())) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
}, 120_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('what npm packs, installed in an empty folder', () => {
  it('says its version', async () => {
    const { version } = JSON.parse(await readFile('package.json', 'utf8'));
    expect((await npx(['walkback', '--version'])).stdout).toBe(`${version}\n`);
  });

  it('validates the files of README, with the templates that it brings', async () => {
    const { stdout } = await npx(['walkback', 'validate']);
    expect(stdout).toMatch(/All is well in .*: 1 service, 1 playbook and \d\d templates checked\./);
  });

  it('looks at a set-up that lacks its tokens', async () => {
    const { stdout } = await npx(['walkback', 'doctor']).catch((ended: { readonly stdout: string }) => ended);
    expect(stdout).toContain('SLACK_BOT_TOKEN is missing');
    expect(stdout).toMatch(/Configuration\n {2}ok valid \(services: 1, playbooks: 1, templates: \d\d\)/);
    expect(stdout).toMatch(/Redis\n {2}ok /);
  });

  it('starts, and stops when it is asked to', async () => {
    const slack = await startDemoSlack();
    const { botToken, appToken } = demoApp;
    const started = spawn(join(folder, 'node_modules', '.bin', 'walkback'), ['start'], {
      cwd: folder,
      env: environment({ SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken, SLACK_API_URL: slack.apiUrl }),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    for await (const line of createInterface({ input: started.stdout })) {
      if (line.includes('"msg":"ready"')) break;
    }
    started.stdout.resume();
    const ended = once(started, 'exit');
    started.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    await slack.stop();
  });

  it('brings what README leads to, and neither demo nor tests', () => {
    const home = join(folder, 'node_modules', 'walkback');
    const links = [...readFileSync(join(home, 'README.md'), 'utf8').matchAll(/\]\((?!\w+:)([^)#]+)/g)];
    expect(links.map(([, path = '']) => path).filter((path) => !existsSync(join(home, path)))).toEqual([]);
    expect(links.length).toBeGreaterThan(5);
    expect(readdirSync(join(home, 'dist'))).toEqual(['bin']);
    for (const folder of ['src', 'test', 'scripts']) expect(existsSync(join(home, folder))).toBe(false);
  });
});

/** Puts there, as npm does, what the lock file says that the program needs: nothing is left to fetch. */
async function takeDependencies(): Promise<void> {
  const { packages } = Lock.parse(JSON.parse(await readFile('package-lock.json', 'utf8')));
  const bin = join(folder, 'node_modules', '.bin');
  await mkdir(bin, { recursive: true });
  for (const [path, { dev, optional, bin: programs }] of Object.entries(packages)) {
    if (!/^node_modules\/(@[^/]+\/)?[^/]+$/.test(path) || dev || optional) continue;
    await cp(path, join(folder, path), { recursive: true });
    for (const [name, file] of Object.entries(programs))
      await symlink(join(relative('node_modules/.bin', path), file), join(bin, name));
  }
}

const npx = (words: readonly string[]) => run('npx', ['--offline', ...words], folder);
const npm = (cwd: string, words: readonly string[]) =>
  run('npm', [...words, '--no-audit', '--no-fund', '--loglevel=error'], cwd);

const run = (
  program: string,
  words: readonly string[],
  cwd: string,
): PromiseWithChild<{ readonly stdout: string; readonly stderr: string }> =>
  promisify(execFile)(program, [...words], { cwd, env: environment({}) });

/** Ours without what npm told the tests, or a person has set for Walkback; with a cache that holds nothing. */
function environment(more: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(npm_|SLACK_|WALKBACK_|REDIS_)/i.test(name));
  return { ...Object.fromEntries(kept), npm_config_cache: join(folder, 'cache'), ...more };
}
