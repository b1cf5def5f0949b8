import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withLockFile } from '../../../../../src/adapters/git/mirror/lock-file.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'walkback-lock-'));
  path = join(folder, 'mirror.lock');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('withLockFile', () => {
  it('lets one piece of work in at a time and leaves nothing behind', async () => {
    let inside = 0;
    const most: number[] = [];
    const work = async () => {
      inside += 1;
      most.push(inside);
      await readdir(folder);
      inside -= 1;
    };
    const tokens = ['a', 'b', 'c', 'd', 'e'];
    await Promise.all(tokens.map((token) => withLockFile({ path, token }, work)));
    expect(most).toEqual([1, 1, 1, 1, 1]);
    expect(await readdir(folder)).toEqual([]);
  });

  it('gives the lock back when the work fails', async () => {
    const failing = withLockFile({ path, token: 'a' }, () => Promise.reject(new Error('broken')));
    await expect(failing).rejects.toThrow('broken');
    expect(await withLockFile({ path, token: 'b' }, async () => 'done')).toBe('done');
  });

  it('takes over at once from a process of this host that is dead', async () => {
    const dead = spawn('true');
    await once(dead, 'exit');
    await writeFile(path, `${hostname()} ${dead.pid} token`);
    expect(await withLockFile({ path, token: 'b' }, async () => 'done')).toBe('done');
  });

  it('takes over from another host only after a silence', async () => {
    await writeFile(path, `other.example.com 1 token`);
    const signal = AbortSignal.timeout(200);
    await expect(withLockFile({ path, token: 'b', signal }, async () => 'done')).rejects.toThrow(/abort/i);
    const longAgo = new Date(Date.now() - 60_000);
    await utimes(path, longAgo, longAgo);
    expect(await withLockFile({ path, token: 'b' }, async () => 'done')).toBe('done');
  });

  it('waits for a process that lives until it is told to stop waiting', async () => {
    await writeFile(path, `${hostname()} ${process.pid} token`);
    const signal = AbortSignal.timeout(100);
    await expect(withLockFile({ path, token: 'b', signal }, async () => 'done')).rejects.toThrow(/abort/i);
  });
});
