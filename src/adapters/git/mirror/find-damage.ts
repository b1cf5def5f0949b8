import { stat } from 'node:fs/promises';
import { GitDidNotRun, GitFailed, type RunGit } from '../run-git.ts';
import { kindOfFailure } from '../trouble/kind-of-failure.ts';

/** What git says when its own files are not as it left them: a crash, a full disk, somebody's hand. */
const SIGNS =
  /^(?!remote: ).*(?:corrupt|bad object|is empty|could not read [0-9a-f]|did not send all necessary|not a git repository|broken ref|invalid sha1|unable to (?:read|parse|unpack|find)|inflate|bad config|(?:unexpected|unterminated) line|malformed object name|src refspec)/im;

export const saysDamaged = (error: unknown): boolean =>
  error instanceof GitFailed && SIGNS.test(error.message);

/** Whether a failure could be the mirror's own: not what a remote, the network or a full disk says. */
export function mayBeTheMirrors(error: unknown): boolean {
  if (error instanceof GitDidNotRun || saysDamaged(error)) return true;
  if (error instanceof GitFailed) return ['failed', 'busy'].includes(kindOfFailure(error.message));
  return (
    error instanceof Error && 'code' in error && ['ENOENT', 'ENOTDIR', 'EEXIST'].includes(String(error.code))
  );
}

/** A mirror that can't be shown to be whole in that time isn't called damaged for that alone. */
const LONGEST_CHECK_MS = 60_000;

/**
 * What is damaged in a mirror, in a few of git's words; undefined where every object and every ref is whole. What git
 * only finds odd in a history (old tools wrote it so) is no damage. `error` is the failure that made somebody look.
 */
export async function findDamage({
  directory,
  git,
  error,
  signal,
}: {
  readonly directory: string;
  readonly git: RunGit;
  readonly error: unknown;
  readonly signal: AbortSignal | undefined;
}): Promise<string | undefined> {
  const found = await stat(directory).catch(() => undefined);
  if (!found?.isDirectory()) return 'it is missing';
  const enough = AbortSignal.timeout(LONGEST_CHECK_MS);
  try {
    await git(['fsck', '--no-dangling', '--no-progress'], {
      signal: signal === undefined ? enough : AbortSignal.any([signal, enough]),
    });
    return undefined;
  } catch (failure) {
    signal?.throwIfAborted();
    if (failure instanceof GitFailed) return damageIn(failure);
    return failure instanceof GitDidNotRun || saysDamaged(error) ? String(failure) : undefined;
  }
}

const DAMAGE = /^(?:error: |fatal: |missing |broken link |.*corrupt)/;
const TOLD = 3;

function damageIn({ message, output }: GitFailed): string | undefined {
  const lines = `${message}\n${output}`.split('\n').filter((line) => DAMAGE.test(line));
  return lines.length === 0 ? undefined : lines.slice(0, TOLD).join('; ');
}
