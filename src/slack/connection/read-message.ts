import type { webApi } from '@slack/bolt';
import { z } from 'zod';
import { cut } from '../../words/sanitize.ts';
import { readSeen } from './message-text.ts';
import { callSlack, isRefused } from './slack-failure.ts';

const LONGEST_TEXT = 500;

/** A message of people or of an app: its text as people see it, at most 500 characters, and who wrote it. */
export type ReadMessage = {
  readonly text: string;
  /** The line of it that makes a title; '' where none does, as with a picture alone. */
  readonly title: string;
  /** A user's id, else a bot's name. */
  readonly by: string;
  /** The root of the thread that it stands in: the message itself where it begins one. */
  readonly thread: string;
};

const Page = z.object({
  messages: z
    .array(
      z.looseObject({
        ts: z.string(),
        subtype: z.string().optional(),
        user: z.string().optional(),
        username: z.string().optional(),
        bot_profile: z.object({ name: z.string().optional() }).optional().catch(undefined),
        thread_ts: z.string().optional(),
      }),
    )
    .default([]),
});

/** What is left of a message that was deleted while its thread goes on. */
const DELETED = 'tombstone';

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
  if (message === undefined || message.subtype === DELETED) return undefined;
  return {
    ...shortText(message),
    by: message.user ?? message.username ?? message.bot_profile?.name ?? 'somebody',
    thread: message.thread_ts ?? message.ts,
  };
}

/** A message as Slack hands it over with a shortcut, or tells of it: what people see of it, as much as is kept. */
export function shortText(message: unknown): Pick<ReadMessage, 'text' | 'title'> {
  const { text, title } = readSeen(message);
  return { text: cut(text, LONGEST_TEXT), title };
}

/** A link to the message, or '' where Slack gives none. Throws SlackUnavailable. */
export async function permalinkOf(client: webApi.WebClient, { channel, ts }: Place): Promise<string> {
  const answer = await callSlack(() => client.chat.getPermalink({ channel, message_ts: ts }));
  return isRefused(answer) ? '' : (answer.permalink ?? '');
}
