import type { webApi } from '@slack/bolt';
import { z } from 'zod';
import type { Log } from '../../engine/ports/log.ts';
import { callSlack, isRefused } from '../connection/slack-failure.ts';
import { markerBlock } from '../kit/ids.ts';

const PAGE = 200;
/** Clocks differ, so the search begins earlier than our own clock says. */
const MARGIN_MS = 5 * 60_000;

const FoundMessage = z.object({
  ts: z.string(),
  metadata: z
    .object({ event_payload: z.object({ key: z.unknown() }).partial() })
    .partial()
    .optional(),
  blocks: z.array(z.object({ block_id: z.string().optional() })).optional(),
  files: z.array(z.object({ id: z.string(), name: z.string().nullish() })).optional(),
});
export type FoundMessage = z.infer<typeof FoundMessage>;

const Page = z.object({
  messages: z.array(FoundMessage).default([]),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});

export type Place = { readonly channel: string; readonly threadTs?: string | undefined };

/** Whether a message was posted for a key: by its metadata, or by the marker on its first block. */
export const isPostedFor =
  (key: string) =>
  (message: FoundMessage): boolean =>
    message.metadata?.event_payload?.key === key || message.blocks?.[0]?.block_id === markerBlock(key);

/**
 * The first message since `since` (ms) that `matches`, in a channel or a thread. Undefined where there is none, and
 * where we may not look: then a doubled message is better than a missing one. Throws SlackUnavailable.
 */
export async function findOwnMessage({
  client,
  place,
  since,
  matches,
  log,
}: {
  readonly client: webApi.WebClient;
  readonly place: Place;
  readonly since: number;
  readonly matches: (message: FoundMessage) => boolean;
  readonly log: Pick<Log, 'warn' | 'error'>;
}): Promise<FoundMessage | undefined> {
  let cursor: string | undefined;
  do {
    const page = await readPage(client, place, { since, cursor });
    if (isRefused(page)) {
      log.warn({ ...place, error: page.error }, 'cannot look for a message posted before');
      return undefined;
    }
    const found = page.messages.find(matches);
    if (found) return found;
    cursor = page.response_metadata?.next_cursor || undefined;
  } while (cursor !== undefined);
  return undefined;
}

async function readPage(
  client: webApi.WebClient,
  { channel, threadTs }: Place,
  { since, cursor }: { readonly since: number; readonly cursor: string | undefined },
) {
  const request = {
    channel,
    oldest: String((since - MARGIN_MS) / 1_000),
    limit: PAGE,
    include_all_metadata: true,
    ...(cursor === undefined ? {} : { cursor }),
  };
  const answer = await callSlack(() =>
    threadTs === undefined
      ? client.conversations.history(request)
      : client.conversations.replies({ ...request, ts: threadTs }),
  );
  return isRefused(answer) ? answer : Page.parse(answer);
}
