import type { RollbackResult } from '../../../engine/ports/git.ts';
import { askRemoteRefs } from '../remote-head.ts';
import { push, pushBranch } from './push-branch.ts';
import type { Rollback } from './rollback.ts';

/**
 * Moves the branch itself back to the target, which rewrites its history; the old head is first kept on a backup
 * branch of the remote. A branch that is at the target already is left alone, and its backup with it.
 */
export async function resetBranch(rollback: Rollback): Promise<RollbackResult> {
  const { request, mirror } = rollback;
  const { target, expectedHead } = request;
  if (target === expectedHead) return { kind: 'nothing-to-do' };
  const branch = `refs/heads/${request.ref.branch}`;
  const preferred = `walkback/backup/${request.run}`;
  const question = { ...rollback, git: mirror.git, ref: request.ref };
  const remote = await askRemoteRefs(question, [branch, `refs/heads/${preferred}`]);
  const head = remote.get(branch);
  const backup = nameBackup({ preferred, taken: remote.get(`refs/heads/${preferred}`), expectedHead });
  const detail = `reset ${request.ref.branch} to ${target.slice(0, 7)}; the old head is kept on ${backup}`;
  if (head === target) return { kind: 'pushed', commit: target, detail };
  if (head !== undefined && head !== expectedHead) return { kind: 'branch-moved', head };
  await push(rollback, `${expectedHead}:refs/heads/${backup}`);
  return pushBranch(rollback, { commit: target, detail });
}

/** A second reset of the same run must not overwrite the backup of the first. */
function nameBackup({
  preferred,
  taken,
  expectedHead,
}: {
  readonly preferred: string;
  readonly taken: string | undefined;
  readonly expectedHead: string;
}): string {
  return taken === undefined || taken === expectedHead
    ? preferred
    : `${preferred}-${expectedHead.slice(0, 12)}`;
}
