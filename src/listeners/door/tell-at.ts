import type { webApi } from '@slack/bolt';
import type { Message } from '../../slack/kit/block-kit.ts';

/** Tells one person, and nobody else. */
export type Tell = (message: Message) => Promise<void>;

/** A channel, or one of its threads; without a channel, a direct message. */
export type AskedAt = { readonly channel?: string | undefined; readonly threadTs?: string | undefined };

/** Tells a person where they asked; directly where Slack doesn't show it there: not in the channel, archived, gone. */
export function tellAt(
  { client }: { readonly client: webApi.WebClient },
  user: string,
  { channel, threadTs }: AskedAt,
): Tell {
  const directly: Tell = async ({ text, blocks }) => {
    await client.chat.postMessage({ channel: user, text, blocks: [...blocks] });
  };
  if (!channel) return directly;
  const thread = threadTs === undefined ? {} : { thread_ts: threadTs };
  return inTurn(async ({ text, blocks }) => {
    await client.chat.postEphemeral({ channel, user, ...thread, text, blocks: [...blocks] });
  }, directly);
}

/** Tells in the first place where it can be told. Throws what both say where it can in neither. */
export const inTurn =
  (first: Tell, otherwise: Tell): Tell =>
  (message) =>
    first(message).catch((cause: unknown) =>
      otherwise(message).catch((error: unknown) => {
        throw new AggregateError([cause, error], 'the person could not be told');
      }),
    );
