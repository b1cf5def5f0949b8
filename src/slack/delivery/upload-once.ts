import type { MessageRef } from '../../engine/ports/message-refs.ts';
import { callSlack, isRefused, type Refused } from '../connection/slack-failure.ts';
import type { DeliveryParts } from './delivery-parts.ts';
import { firstTry } from './first-try.ts';
import { findOwnMessage } from './own-message.ts';

export type FileToUpload = {
  readonly key: string;
  readonly channel: string;
  readonly threadTs?: string | undefined;
  readonly filename: string;
  readonly content: string;
};

type Uploaded = { readonly kind: 'delivered'; readonly ref: MessageRef };

/** Uploads a text file into a thread unless it is there; Slack refuses empty files, so those say so. */
export async function uploadOnce(parts: DeliveryParts, file: FileToUpload): Promise<Uploaded | Refused> {
  const { client, messages } = parts;
  const { key, channel, threadTs, filename } = file;
  const known = await messages.get(key);
  if (known) return { kind: 'delivered', ref: known };
  const before = await uploadedBefore(parts, file);
  if (before !== undefined) return remember(messages, key, { channel, ts: before, contentDigest: '' });
  const answer = await firstTry(parts, key, () =>
    callSlack(() =>
      client.filesUploadV2({
        ...(threadTs === undefined ? { channel_id: channel } : { channel_id: channel, thread_ts: threadTs }),
        filename,
        title: filename,
        content: file.content === '' ? '(no output)\n' : file.content,
      }),
    ),
  );
  if (isRefused(answer)) return answer;
  const id = answer.files[0]?.files?.[0]?.id ?? '';
  return remember(messages, key, { channel, ts: id, contentDigest: '' });
}

async function uploadedBefore(
  { client, messages, log }: DeliveryParts,
  { key, channel, threadTs, filename }: FileToUpload,
): Promise<string | undefined> {
  const since = await messages.postingSince(key);
  if (since === undefined) return undefined;
  const named = ({ name }: { readonly name?: string | null | undefined }): boolean => name === filename;
  const found = await findOwnMessage({
    client,
    place: { channel, threadTs },
    since,
    matches: ({ files = [] }) => files.some(named),
    log,
  });
  return found?.files?.find(named)?.id;
}

async function remember(
  messages: DeliveryParts['messages'],
  key: string,
  ref: MessageRef,
): Promise<Uploaded> {
  await messages.set(key, ref);
  return { kind: 'delivered', ref };
}
