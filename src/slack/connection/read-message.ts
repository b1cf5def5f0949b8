import type { webApi } from '@slack/bolt';
import { z } from 'zod';
import { plainText } from '../kit/plain-text.ts';
import { callSlack, isRefused } from './slack-failure.ts';

const LONGEST_TEXT = 500;

/** A message that people wrote: its text as they see it, at most 500 characters, and who wrote it. */
export type ReadMessage = {
  readonly text: string;
  /** A user's id, else a bot's name. */
  readonly by: string;
  /** The root of the thread that it stands in: the message itself where it begins one. */
  readonly thread: string;
};

const Page = z.object({
  messages: z
    .array(
      z.object({
        ts: z.string(),
        text: z.string().default(''),
        user: z.string().optional(),
        username: z.string().optional(),
        thread_ts: z.string().optional(),
      }),
    )
    .default([]),
});

type Place = { readonly channel: string; readonly ts: string };

/** The message at a place, or undefined where there is none or we may not read it. Throws SlackUnavailable. */
export async function readMessageAt(
  client: webApi.WebClient,
  { channel, ts }: Place,
): Promise<ReadMessage | undefined> {
  const answer = await callSlack(() =>
    client.conversations.replies({ channel, ts, latest: ts, inclusive: true, limit: 1 }),
  );
  if (isRefused(answer)) return undefined;
  const message = Page.parse(answer).messages.find((candidate) => candidate.ts === ts);
  if (message === undefined) return undefined;
  return {
    text: plainText(message.text).slice(0, LONGEST_TEXT),
    by: message.user ?? message.username ?? 'somebody',
    thread: message.thread_ts ?? message.ts,
  };
}

/** A link to the message, or '' where Slack gives none. Throws SlackUnavailable. */
export async function permalinkOf(client: webApi.WebClient, { channel, ts }: Place): Promise<string> {
  const answer = await callSlack(() => client.chat.getPermalink({ channel, message_ts: ts }));
  return isRefused(answer) ? '' : (answer.permalink ?? '');
}
