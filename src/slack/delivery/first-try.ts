import { webApi } from '@slack/bolt';
import type { MessageRefs } from '../../engine/ports/message-refs.ts';
import { SlackUnavailable } from '../../engine/ports/slack-unavailable.ts';

/**
 * Notes that a message is about to be posted, then posts it. A first try that Slack turned away for its rate left
 * nothing behind, so the note is taken back, which spares the next try the search.
 */
export async function firstTry<Result>(
  { messages, now }: { readonly messages: MessageRefs; readonly now: () => number },
  key: string,
  post: () => Promise<Result>,
): Promise<Result> {
  const isFirst = (await messages.postingSince(key)) === undefined;
  await messages.markPosting(key, now());
  try {
    return await post();
  } catch (error) {
    if (isFirst && wasTurnedAway(error)) await messages.forget(key);
    throw error;
  }
}

const wasTurnedAway = (error: unknown): boolean =>
  error instanceof SlackUnavailable && error.cause instanceof webApi.WebAPIRateLimitedError;
