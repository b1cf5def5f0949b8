import { stat } from 'node:fs/promises';
import type { Team } from '../../domain/team/team.ts';
import type { HealthCheck, HealthFinding } from '../../engine/ports/health.ts';
import { explainError } from './explain-error.ts';

/** Are the deployed checkouts on this machine? For where a worker runs: elsewhere they need not be. */
export function createDirectoryCheck({ team }: { readonly team: Pick<Team, 'services'> }): HealthCheck {
  return {
    title: 'Directories',
    run: () =>
      Promise.all(
        Object.entries(team.services).flatMap(([service, { environments }]) =>
          Object.entries(environments).flatMap(([environment, { directory }]) =>
            directory === undefined ? [] : [lookAt(`${service}, ${environment}`, directory)],
          ),
        ),
      ),
  };
}

async function lookAt(place: string, directory: string): Promise<HealthFinding> {
  const wrong = await whatIsWrong(directory);
  if (wrong === undefined) return { level: 'ok', what: `${place}: ${directory}` };
  return {
    level: 'problem',
    what: `${place}: ${directory} ${wrong}`,
    todo: 'put a checkout there; where only the bot runs, none is needed: ask `walkback doctor bot`',
  };
}

async function whatIsWrong(directory: string): Promise<string | undefined> {
  try {
    return (await stat(directory)).isDirectory() ? undefined : 'is not a directory';
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return missing ? 'is not on this machine' : `can't be looked at: ${explainError(error)}`;
  }
}
