import { GitTroubled, type RepositoryRef } from '../../../engine/ports/git.ts';
import { createRedactor } from '../../../engine/redact.ts';
import { GitDidNotRun, GitFailed } from '../run-git.ts';
import { kindOfFailure } from './kind-of-failure.ts';
import { lastWords, tellingLines } from './last-words.ts';

/** Of everything that git wrote, so much from its end is kept. */
const LONGEST_WHOLE = 20_000;

/**
 * What went wrong with git, told as what it is: in short by the last words of git, of a hook or of the server, and
 * whole, both without credentials. Undefined for what is none of git's, such as a signal that fired.
 */
export function explainFailure(ref: RepositoryRef, error: unknown): GitTroubled | undefined {
  const said = wordsOf(error);
  if (said === undefined) return undefined;
  const redact = createRedactor({ secrets: passwordsOf(ref.repository) });
  const whole = redact([said.message, said.output].filter((text) => text.trim() !== '').join('\n'));
  return new GitTroubled({
    trouble: kindOfFailure(`${said.message}\n${said.output}`),
    repository: redact(ref.repository),
    detail: lastWords(tellingLines(redact(said.message), redact(said.output))),
    whole: whole.slice(-LONGEST_WHOLE),
  });
}

type Words = { readonly message: string; readonly output: string };

function wordsOf(error: unknown): Words | undefined {
  if (error instanceof GitFailed) return error;
  if (error instanceof GitDidNotRun || isOfTheSystem(error)) return { message: error.message, output: '' };
  return undefined;
}

/** The disk, rights on it: what the system says where a mirror is kept. */
const isOfTheSystem = (error: unknown): error is Error =>
  error instanceof Error && 'syscall' in error && 'code' in error;

function passwordsOf(repository: string): readonly string[] {
  if (!URL.canParse(repository)) return [];
  const { password, username } = new URL(repository);
  // A token may stand where the name belongs.
  const names = password === '' || password === 'x-oauth-basic' ? [username] : [];
  return [password, ...names].flatMap((secret) => [secret, decoded(secret)]);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
