import type { EventStore } from '../ports/event-store.ts';
import type { FollowOnQueue } from '../ports/follow-on-queue.ts';

/** On start: the cards of whatever is open are looked at again, should Slack have lost them. */
export async function showOpenRuns({
  store,
  queue,
}: {
  readonly store: EventStore;
  readonly queue: FollowOnQueue;
}): Promise<void> {
  for (const run of await store.open('run')) {
    await queue.add({ kind: 'card', card: 'approval', run }, `${run}-start`);
    await queue.add({ kind: 'card', card: 'run', run }, `${run}-start`);
  }
}
