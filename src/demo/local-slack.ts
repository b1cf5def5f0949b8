import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { SlackWorkspace } from './slack-workspace.ts';
import { type StartedProcess, startProcess } from './start-process.ts';

const HOST = '127.0.0.1';
const PACKAGE = 'local-slack-linux-x64';
const VERSION = '0.1.8';

export type LocalSlack = {
  /** Where people look at it. */
  readonly url: string;
  /** What Slack's clients take as the Web API; ends with a slash. */
  readonly apiUrl: string;
} & StartedProcess;

/**
 * Starts a local Slack with a workspace, on a port that must be free; config and log are put into `configDir`.
 * Throws with what it printed when it doesn't come up. It keeps everything in memory.
 */
export async function startLocalSlack({
  configDir,
  port,
  workspace,
}: {
  readonly configDir: string;
  readonly port: number;
  readonly workspace: SlackWorkspace;
}): Promise<LocalSlack> {
  await mkdir(configDir, { recursive: true });
  const config = join(configDir, 'local-slack.json');
  await writeFile(config, `${JSON.stringify(workspace, null, 2)}\n`);
  const { program, parameters } = findLocalSlack();
  const running = await startProcess({
    name: 'the local Slack',
    program,
    parameters: [...parameters, '--config', config, '--port', `${port}`, '--base-host', HOST],
    logFile: join(configDir, 'local-slack.log'),
    isReady: (line) => line.includes('local-slack is running'),
    readyWithin: 60_000,
    grace: 2_000,
  });
  const url = `http://${HOST}:${port}`;
  return { ...running, url, apiUrl: `${url}/api/` };
}

/** The program of the optional package where it is for this system, else npx, which fetches the one that is. */
function findLocalSlack(): { readonly program: string; readonly parameters: readonly string[] } {
  const folder = findPackage();
  return folder === undefined
    ? { program: 'npx', parameters: ['--yes', `local-slack@${VERSION}`] }
    : { program: join(folder, 'bin', 'local-slack'), parameters: [] };
}

function findPackage(): string | undefined {
  try {
    return dirname(createRequire(import.meta.url).resolve(`${PACKAGE}/package.json`));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}
