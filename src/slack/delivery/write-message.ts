import type { webApi } from '@slack/bolt';
import type { Log } from '../../engine/ports/log.ts';
import { callSlack, isRefused, type Refused } from '../connection/slack-failure.ts';
import { type Block, type Message, section } from '../kit/block-kit.ts';
import { METADATA_EVENT, markerBlock } from '../kit/ids.ts';
import { truncateMrkdwn } from '../kit/text.ts';
import type { Place } from './own-message.ts';

/** Blocks that Slack refuses leave the text, which every message has; where it is all too long, the beginning of that. */
const BAD_BLOCKS = [
  'invalid_blocks',
  'invalid_blocks_format',
  'msg_blocks_too_long',
  'msg_too_long',
  'too_large',
];
const SHORT_TEXT = 2_000;
/** There is no such thread (any more), or nobody may answer in it: said in its channel, it is not lost. */
const NO_THREAD = ['thread_not_found', 'cannot_reply_to_message', 'restricted_action_thread_locked'];

type Written = { readonly ts: string };

type Writing = {
  readonly client: webApi.WebClient;
  readonly key: string;
  readonly message: Message;
  readonly log: Pick<Log, 'warn' | 'error'>;
};

/** Posts a message that can be found again by its key. Returns where it stands, or Slack's error code. */
export async function postMessage({
  client,
  key,
  message,
  log,
  place,
}: Writing & { readonly place: Place }): Promise<Written | Refused> {
  const inThread = await postAt({ client, key, message, log, place });
  if (!isRefused(inThread) || place.threadTs === undefined || !NO_THREAD.includes(inThread.error))
    return inThread;
  log.warn({ key, error: inThread.error }, 'slack refused a thread: posted in its channel');
  return postAt({ client, key, message, log, place: { channel: place.channel } });
}

async function postAt({
  client,
  key,
  message,
  log,
  place,
}: Writing & { readonly place: Place }): Promise<Written | Refused> {
  const common = {
    channel: place.channel,
    text: message.text,
    metadata: metadataOf(key),
    unfurl_links: false,
    unfurl_media: false,
    ...(place.threadTs === undefined ? {} : { thread_ts: place.threadTs }),
  };
  const answer = await orAsText({ key, log }, (blocks) =>
    client.chat.postMessage(
      blocks ? { ...common, blocks: markedBlocks(key, message) } : { ...common, text: shortText(message) },
    ),
  );
  return isRefused(answer) ? answer : writtenAt(answer.ts);
}

/** Edits a message. Returns where it stands, or Slack's error code. */
export async function editMessage({
  client,
  key,
  message,
  log,
  at,
}: Writing & { readonly at: { readonly channel: string; readonly ts: string } }): Promise<Written | Refused> {
  const common = { channel: at.channel, ts: at.ts, text: message.text, metadata: metadataOf(key) };
  const answer = await orAsText({ key, log }, (blocks) =>
    client.chat.update(
      blocks
        ? { ...common, blocks: markedBlocks(key, message) }
        : { ...common, text: shortText(message), blocks: [] },
    ),
  );
  return isRefused(answer) ? answer : { ts: at.ts };
}

async function orAsText<Answer>(
  { key, log }: Pick<Writing, 'key' | 'log'>,
  write: (withBlocks: boolean) => Promise<Answer>,
): Promise<Answer | Refused> {
  const answer = await callSlack(() => write(true));
  if (!isRefused(answer) || !BAD_BLOCKS.includes(answer.error)) return answer;
  log.error({ key, error: answer.error }, 'slack refused the blocks of a message: sent as text');
  return callSlack(() => write(false));
}

const shortText = ({ text }: Message): string => truncateMrkdwn(text, SHORT_TEXT);

/** The message's blocks, the first one bearing the marker of its key. */
function markedBlocks(key: string, { text, blocks }: Message): Block[] {
  const [first = section(text), ...rest] = blocks;
  return [{ ...first, block_id: markerBlock(key) }, ...rest];
}

const metadataOf = (key: string) => ({ event_type: METADATA_EVENT, event_payload: { key } });

function writtenAt(ts: string | undefined): Written {
  if (ts === undefined) throw new Error('slack accepted a message without saying where it stands');
  return { ts };
}
