import type { webApi } from '@slack/bolt';
import { callSlack, isRefused, type Refused } from './slack-failure.ts';

/**
 * Puts a reaction of ours beside a message; where it stands already, that is fine. What Slack says where it doesn't
 * take it, such as missing_scope. Throws SlackUnavailable.
 */
export async function addReaction(
  client: webApi.WebClient,
  { channel, ts, name }: { readonly channel: string; readonly ts: string; readonly name: string },
): Promise<Refused | undefined> {
  const answer = await callSlack(() => client.reactions.add({ channel, timestamp: ts, name }));
  return isRefused(answer) && answer.error !== 'already_reacted' ? answer : undefined;
}
