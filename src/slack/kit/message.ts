import { type Block, LIMIT, type Message, section } from './block-kit.ts';
import { fitBlocks } from './fit-blocks.ts';
import { truncateMrkdwn } from './text.ts';

/** A message from its parts, within Slack's limits. */
export const message = (text: string, blocks: readonly Block[]): Message => ({
  text: truncateMrkdwn(text, LIMIT.text),
  blocks: fitBlocks(blocks),
});

/** A message of nothing but text, such as a notice rendered from its template (mrkdwn). */
export const textMessage = (text: string): Message => message(text, [section(text)]);

/** A message under a sentence that is said before it (mrkdwn). */
export const below = (lead: string, { text, blocks }: Message): Message =>
  message(`${lead} ${text}`, [section(lead), ...blocks]);
