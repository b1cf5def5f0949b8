import type { Commit } from '../../domain/git/git-facts.ts';
import type { Refused } from '../../domain/refusal.ts';
import { GitTroubled } from '../ports/git.ts';
import { chooseProcedure } from './choose.ts';
import { findMove, type Move } from './find-move.ts';
import type { Planning } from './make-plan.ts';
import { refuseTrouble } from './refuse-trouble.ts';

/**
 * What a rollback would undo, before anything but the service is known of it: by its first playbook, to the target
 * that was typed, else to the previous release. `deployed` is the branch's head, which is not fetched again.
 */
export async function previewMove(
  deps: Planning,
  request: {
    readonly service: string;
    readonly environment?: string | undefined;
    readonly playbook?: string | undefined;
    readonly target?: string | undefined;
    readonly deployed: Commit;
  },
): Promise<Move | Refused> {
  const chosen = await chooseProcedure(await deps.catalog.team(), deps.catalog, request);
  if (chosen.kind === 'refused') return chosen;
  const { deployed, target } = request;
  const git = { ...deps.git, fetchHead: async () => deployed };
  try {
    return await findMove(
      { ...deps, git },
      { ...chosen, wanted: target, called: undefined, except: undefined },
    );
  } catch (error) {
    if (!(error instanceof GitTroubled)) throw error;
    return refuseTrouble(error);
  }
}
