import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/**
 * Starts a Node program and waits for the line on its standard output that says it is ready.
 * `readyAfterMs` counts from before the process was made.
 */
export async function startProcess({ args, environment, isReady }) {
  const startedAt = performance.now();
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const line = await readyLine(child, isReady);
  const readyAfterMs = performance.now() - startedAt;
  child.stdout.resume();
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  return { pid: child.pid, line, readyAfterMs, stop };
}

async function readyLine(child, isReady) {
  const before = [];
  for await (const line of createInterface({ input: child.stdout })) {
    if (isReady(line)) return line;
    before.push(line);
  }
  throw new Error(`${child.spawnargs.join(' ')} ended before it was ready:\n${before.join('\n')}`);
}
