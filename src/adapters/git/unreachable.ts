import { type RepositoryRef, RepositoryUnreachable } from '../../engine/ports/git.ts';
import { createRedactor } from '../../engine/redact.ts';
import { GitFailed } from './run-git.ts';

const LONGEST = 300;

/** Runs work that talks to the remote; what git says when that fails becomes RepositoryUnreachable. */
export async function reachRemote<Result>(ref: RepositoryRef, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof GitFailed) throw unreachable(ref, error);
    throw error;
  }
}

/** Git's own words on one line, without credentials and without its advice. */
export function unreachable(ref: RepositoryRef, failure: GitFailed): RepositoryUnreachable {
  const redact = createRedactor({ secrets: passwordsOf(ref.repository) });
  const refusals = failure.output.split('\n').filter((line) => line.startsWith('!'));
  const words = [
    ...failure.message.split('\n'),
    ...refusals.map((line) => line.split('\t').slice(1).join(' ')),
  ]
    .map((line) => line.replace(/^(fatal|error): /, '').trim())
    .filter((line) => line !== '' && !ADVICE.test(line))
    .join('; ');
  const detail = redact(words).slice(0, LONGEST);
  return new RepositoryUnreachable(redact(ref.repository), detail, { cause: redact(failure.message) });
}

const ADVICE = /^(Please make sure|and the repository exists|hint:|To |failed to push some refs)/;

function passwordsOf(repository: string): readonly string[] {
  if (!URL.canParse(repository)) return [];
  const { password, username } = new URL(repository);
  return [password, decodeURIComponent(password), password === '' ? username : ''];
}
