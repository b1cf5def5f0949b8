import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';

export type WorkerProcess = {
  /** kill -9, and waits until it is gone. */
  readonly kill: () => Promise<void>;
  /** Asks it to stop (SIGTERM); resolves with its exit code, null when it was killed. */
  readonly stop: () => Promise<number | null>;
  /** Resolves with the first line it says that holds the text. */
  readonly says: (text: string) => Promise<string>;
};

/** A worker as a process of its own, by the built program; resolves when it is ready. Gone with the test. */
export async function startWorkerProcess(settings: {
  readonly redisUrl: string;
  readonly namespace: string;
  readonly root: string;
}): Promise<WorkerProcess> {
  const child = spawn(process.execPath, ['dist/bin/main.js', 'worker'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      HOME: settings.root,
      REDIS_URL: settings.redisUrl,
      WALKBACK_NAMESPACE: settings.namespace,
      WALKBACK_ROOT: settings.root,
    },
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal);
    return ended;
  };
  onTestFinished(async () => void (await end('SIGKILL')));

  const lines: string[] = [];
  const ready = new Promise<boolean>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        lines.push(line);
        if (line.includes('"msg":"ready"')) resolve(true);
      });
    }
    void ended.then(() => resolve(false));
  });
  if (!(await ready)) throw new Error(`the worker ended before it was ready:\n${lines.join('\n')}`);
  return {
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
    says: (text) =>
      new Promise((resolve) => {
        const look = () => {
          const line = lines.find((said) => said.includes(text));
          if (line !== undefined) resolve(line);
        };
        child.stdout.on('data', () => setImmediate(look));
        look();
      }),
  };
}
