import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const BINARY = join(process.cwd(), 'node_modules/local-slack-linux-x64/bin/local-slack');

/** An optional dependency: there is none for other systems. */
export const hasLocalSlack = existsSync(BINARY);

export type LocalSlack = {
  /** Such as http://127.0.0.1:39837, without a slash at the end. */
  readonly url: string;
  readonly stop: () => Promise<void>;
};

/** A local-slack of its own on a free port, with this workspace configuration (see its README). */
export async function startLocalSlack(config: object): Promise<LocalSlack> {
  const folder = await mkdtemp(join(tmpdir(), 'walkback-local-slack-'));
  const file = join(folder, 'workspace.json');
  await writeFile(file, JSON.stringify(config));
  const child = spawn(
    BINARY,
    ['--config', file, '--port', '0', '--base-host', '127.0.0.1', '--files-dir', folder],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const exited = once(child, 'exit');
  const url = await Promise.race([
    addressIn(createInterface({ input: child.stdout })),
    exited.then(() => Promise.reject(new Error('local-slack stopped at once'))),
  ]);
  return {
    url,
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function addressIn(lines: AsyncIterable<string>): Promise<string> {
  for await (const line of lines) {
    const address = /Web API base:\s+(http:\/\/\S+?)\/api\//.exec(line)?.[1];
    if (address !== undefined) return address;
  }
  throw new Error('local-slack did not say where it listens');
}
