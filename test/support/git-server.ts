import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import type { TestRepository } from './git-repository.ts';

/** A real git server, behind which our git finds the test's repository; it can go away and come back. */
export async function aGitServer({ folder }: TestRepository) {
  const port = await freePort();
  let daemon: ChildProcess | undefined;

  async function start(): Promise<void> {
    daemon = spawn(
      'git',
      [
        ...['daemon', '--verbose', '--reuseaddr', '--export-all', '--enable=receive-pack'],
        ...['--listen=127.0.0.1', `--port=${port}`, `--base-path=${folder}`],
      ],
      { stdio: ['ignore', 'ignore', 'pipe'], detached: true },
    );
    for await (const line of createInterface({ input: daemon.stderr ?? process.stdin }))
      if (line.includes('Ready to rumble')) return;
    throw new Error('git daemon did not start');
  }
  async function stop(): Promise<void> {
    if (daemon?.pid === undefined) return;
    const gone = once(daemon, 'exit');
    // Git starts the daemon as a child of its own.
    process.kill(-daemon.pid, 'SIGKILL');
    await gone;
    daemon = undefined;
  }
  const redirected = `[url "git://127.0.0.1:${port}/"]\n insteadOf = ${folder}/\n`;
  await writeFile(join(folder, '.gitconfig'), redirected);
  await start();
  onTestFinished(stop);
  return { start, stop };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
