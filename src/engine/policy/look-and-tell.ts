import { toIso } from '../ports/clock.ts';
import type { FollowOnQueue } from '../ports/follow-on-queue.ts';
import type { WorkOf } from '../reactions/jobs.ts';
import type { Requesting } from '../run/request.ts';
import { lookAtDeployed } from './look-at-deployed.ts';

type Look = Extract<WorkOf<'incident'>, { readonly kind: 'look-at-deployed' }>;

const WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 60_000;
/** About half an hour: what is read later counts for nothing any more, and people decide. */
const TRIES = 40;

/**
 * Has an incident know what is deployed, and looks again while git is away. A rollback that is coming is told of after
 * the first look, whatever that found: nobody may be left unwarned.
 */
export async function lookAndTell(
  deps: Requesting & { readonly queue: FollowOnQueue },
  { incident, warn, tries }: Look,
): Promise<void> {
  const found = await lookAtDeployed(deps, incident);
  if (warn !== null)
    await deps.queue.add(
      { kind: 'incident-notice', notice: 'rollback-warning', incident, event: warn },
      warn,
    );
  if (found === 'seen' || tries >= TRIES) return;
  const at = toIso(deps.clock.now() + Math.min(WAIT_MS * (tries + 1), LONGEST_WAIT_MS));
  await deps.queue.add(
    { kind: 'look-at-deployed', incident, warn: null, tries: tries + 1, at },
    `${incident}-deployed`,
  );
}
