import { createHash } from 'node:crypto';
import type { MessageRef } from '../../engine/ports/message-refs.ts';
import { isRefused } from '../connection/slack-failure.ts';
import type { Message } from '../kit/block-kit.ts';
import type { DeliveryParts } from './delivery-parts.ts';
import { firstTry } from './first-try.ts';
import { findOwnMessage, isPostedFor, type Place } from './own-message.ts';
import { type FileToUpload, uploadOnce } from './upload-once.ts';
import { editMessage, postMessage } from './write-message.ts';

export type Delivered =
  | { readonly kind: 'delivered'; readonly ref: MessageRef }
  /** Slack will never take it: logged, and the queue goes on. `error` is Slack's code. */
  | { readonly kind: 'undeliverable'; readonly error: string };

type MessageToDeliver = Place & { readonly key: string; readonly message: Message };

/**
 * Brings messages to Slack. Every method may be repeated after any failure or crash and throws SlackUnavailable when
 * Slack can't take it now. One key is delivered by one caller at a time.
 */
export type SlackDelivery = {
  /** Posts exactly once; an earlier post whose answer was lost is found again. */
  readonly postOnce: (item: MessageToDeliver) => Promise<Delivered>;
  /** Posts once, then edits where the content changed; posts afresh where the message was deleted or may not be edited. */
  readonly reconcileCard: (item: MessageToDeliver) => Promise<Delivered>;
  /** Uploads exactly once. File names must be unique within a thread: the file is found again by its name. */
  readonly uploadFile: (file: FileToUpload) => Promise<Delivered>;
};

export function createSlackDelivery(parts: DeliveryParts): SlackDelivery {
  return {
    postOnce: async (item) => (await known(parts, item)) ?? (await post(parts, item)),
    reconcileCard: (item) => reconcile(parts, item),
    uploadFile: (file) => reported(parts, file, () => uploadOnce(parts, file)),
  };
}

/** What is there already for the key, or was posted before a crash. */
async function known(parts: DeliveryParts, item: MessageToDeliver): Promise<Delivered | undefined> {
  const { client, messages, log } = parts;
  const ref = await messages.get(item.key);
  if (ref) return { kind: 'delivered', ref };
  const since = await messages.postingSince(item.key);
  if (since === undefined) return undefined;
  const found = await findOwnMessage({ client, place: item, since, matches: isPostedFor(item.key), log });
  // What it shows is not known, so a card is edited in any case.
  return found && remember(parts, item.key, { channel: item.channel, ts: found.ts, contentDigest: '' });
}

const post = (parts: DeliveryParts, item: MessageToDeliver): Promise<Delivered> =>
  reported(parts, item, async () => {
    const { client, log } = parts;
    const { key, channel, message } = item;
    const posted = await firstTry(parts, key, () => postMessage({ client, key, message, log, place: item }));
    if (isRefused(posted)) return posted;
    return remember(parts, key, { channel, ts: posted.ts, contentDigest: contentDigest(message) });
  });

async function reconcile(parts: DeliveryParts, item: MessageToDeliver): Promise<Delivered> {
  const there = await known(parts, item);
  if (there?.kind !== 'delivered') return post(parts, item);
  const digest = contentDigest(item.message);
  if (there.ref.contentDigest === digest) return there;
  const { client, messages, log } = parts;
  const edited = await editMessage({ client, key: item.key, message: item.message, log, at: there.ref });
  if (!isRefused(edited)) return remember(parts, item.key, { ...there.ref, contentDigest: digest });
  if (!isPostedAnew(edited.error, { ...there.ref, wanted: item.channel }, parts.now()))
    return reported(parts, item, async () => edited);
  await messages.forget(item.key);
  return post(parts, item);
}

/**
 * A message that is gone is posted anew, as is one whose channel is gone where it belongs into another by now, and one
 * that may not be edited any more; but where no message may be edited, not for every change of it.
 */
const isPostedAnew = (
  error: string,
  { ts, channel, wanted }: MessageRef & { readonly wanted: string },
  now: number,
): boolean =>
  error === 'message_not_found' ||
  (CHANNEL_GONE.includes(error) && channel !== wanted) ||
  (MAY_NOT_BE_EDITED.includes(error) && now - Number(ts) * 1_000 >= BETWEEN_POSTS_MS);

const CHANNEL_GONE = ['is_archived', 'channel_not_found', 'not_in_channel'];
const MAY_NOT_BE_EDITED = ['cant_update_message', 'edit_window_closed'];
const BETWEEN_POSTS_MS = 60_000;

async function remember({ messages }: DeliveryParts, key: string, ref: MessageRef): Promise<Delivered> {
  await messages.set(key, ref);
  return { kind: 'delivered', ref };
}

async function reported(
  { log }: DeliveryParts,
  { key, channel }: { readonly key: string; readonly channel: string },
  deliver: () => Promise<Delivered | { readonly error: string }>,
): Promise<Delivered> {
  const result = await deliver();
  if ('kind' in result) return result;
  log.error({ key, channel, error: result.error }, 'slack will never take this message');
  return { kind: 'undeliverable', error: result.error };
}

const contentDigest = (message: Message): string =>
  createHash('sha256').update(JSON.stringify(message)).digest('hex');
