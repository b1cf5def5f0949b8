import type { Actor } from '../actor.ts';
import type { Run } from './run.ts';

/** Who aborted a run at a step that failed, and why they did; undefined where nobody did. */
export function abortOf(
  run: Run,
): { readonly by: Actor; readonly reason: string | null; readonly step: string } | undefined {
  const aborted = run.steps.find(({ decided }) => decided?.decision === 'abort');
  if (run.status !== 'failed' || !aborted?.decided) return undefined;
  const { by, reason } = aborted.decided;
  return { by, reason, step: aborted.plan.title };
}

/** Whose decision ended it: denied, cancelled or aborted; undefined where none did. */
export const endedBy = (run: Run): Actor | undefined => run.denial?.by ?? run.cancel?.by ?? abortOf(run)?.by;
