import { execFile, spawnSync } from 'node:child_process';
import { mkdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { git } from './git.ts';
import { makeRepository } from './make-repository.ts';

const run = promisify(execFile);

export type SampleService = {
  /** The bare git repository that the shop is deployed from. */
  readonly remote: string;
  /** The deployed checkout, which the shop's process runs from. */
  readonly deployed: string;
  readonly url: string;
  /** What deploy.sh needs to know. */
  readonly variables: Readonly<Record<string, string>>;
  readonly logFile: string;
  /** Starts the shop's process anew from the deployed checkout, and waits until it answers. */
  readonly restart: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

/**
 * A real service, made below `directory` if it isn't there yet: a bare remote with releases v1.0.0 to v1.4.0, a
 * deployed checkout of it, and an HTTP server that runs from the checkout. v1.4.0 fails every fourth request and
 * is slow. Nothing runs before `restart`.
 */
export async function createSampleService({
  directory,
  port,
}: {
  readonly directory: string;
  readonly port: number;
}): Promise<SampleService> {
  const remote = join(directory, 'origin.git');
  const deployed = join(directory, 'deployed');
  const state = join(directory, 'state');
  if (!(await exists(join(deployed, 'restart.mjs')))) await makeAnew(directory, { remote, deployed });
  await mkdir(state, { recursive: true });
  const variables = { SHOP_PORT: `${port}`, SHOP_STATE: state };
  const stopAtExit = (): void =>
    void spawnSync(process.execPath, ['restart.mjs', 'stop'], inShop(deployed, variables));
  return {
    remote,
    deployed,
    url: `http://127.0.0.1:${port}`,
    variables,
    logFile: join(state, 'shop.log'),
    restart: async () => {
      process.once('exit', stopAtExit);
      await run(process.execPath, ['restart.mjs'], inShop(deployed, variables));
    },
    stop: async () => {
      process.off('exit', stopAtExit);
      await stopShop(directory);
    },
  };
}

/** Stops the shop below `directory`, whoever started it; nothing where there is none. */
export async function stopShop(directory: string): Promise<void> {
  const deployed = join(directory, 'deployed');
  if (!(await exists(join(deployed, 'restart.mjs')))) return;
  const variables = { SHOP_PORT: '0', SHOP_STATE: join(directory, 'state') };
  await run(process.execPath, ['restart.mjs', 'stop'], inShop(deployed, variables));
}

const inShop = (deployed: string, variables: Readonly<Record<string, string>>) => ({
  cwd: deployed,
  env: { ...process.env, ...variables },
});

/** Also after a start that was cut off in the middle: what there is of it goes first. */
async function makeAnew(
  directory: string,
  { remote, deployed }: { readonly remote: string; readonly deployed: string },
): Promise<void> {
  const workshop = join(directory, 'workshop');
  for (const folder of [remote, deployed, workshop]) await rm(folder, { recursive: true, force: true });
  await mkdir(dirname(remote), { recursive: true });
  await makeRepository({ remote, workshop });
  await rm(workshop, { recursive: true });
  await git(directory, ['clone', '--quiet', remote, deployed]);
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
