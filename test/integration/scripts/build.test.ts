import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';

const run = promisify(execFile);

describe('what is built', () => {
  it('starts by its name through the link that npm makes', async () => {
    const folder = await aCopy();
    const bin = join(folder, 'node_modules/.bin');
    await mkdir(bin, { recursive: true });
    await symlink('../../dist/bin/main.js', join(bin, 'walkback'));
    await run(process.execPath, [resolve('scripts/bundle.mjs')], { cwd: folder });
    const { stdout } = await run('walkback', ['--help'], {
      env: { ...process.env, PATH: `${bin}:${process.env['PATH']}` },
    });
    expect(stdout).toContain('Gets production back to its last known good state from Slack');
  });
});

/** What the bundle is made of, in a folder beside it from where the same packages are found. */
async function aCopy(): Promise<string> {
  const folder = await mkdtemp(resolve('.changed-source-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await cp('src', join(folder, 'src'), { recursive: true });
  await cp('package.json', join(folder, 'package.json'));
  return folder;
}
