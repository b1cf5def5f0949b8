import type { Actor } from '../../domain/actor.ts';
import { textMessage } from '../kit/message.ts';
import { channelRef, escapeText, inlineCode } from '../kit/text.ts';
import type { Delivered, SlackDelivery } from './slack-delivery.ts';

/**
 * Tells whoever waits for a card, once and directly, that Slack doesn't take it where it belongs: why, as far as that
 * is known, what to do, and by which command they see it meanwhile.
 */
export async function tellUndeliverable(
  { delivery }: { readonly delivery: SlackDelivery },
  {
    key,
    delivered,
    channel,
    whom,
    what,
    command,
  }: {
    /** Of the card. */
    readonly key: string;
    readonly delivered: Delivered;
    readonly channel: string;
    readonly whom: Actor;
    /** The id of what the card shows. */
    readonly what: string;
    readonly command: string;
  },
): Promise<void> {
  if (delivered.kind === 'delivered' || whom.kind !== 'user') return;
  const why =
    WHY.get(delivered.error) ??
    `it says ${inlineCode(delivered.error)}. Whoever runs Walkback can look into that`;
  const text = `:warning: Slack doesn't take the card of *${escapeText(what)}* in ${channelRef(channel)}: ${why}. ${escapeText(what)} goes on all the same: see it with ${inlineCode(`${command} ${what}`)}.`;
  await delivery.postOnce({ key: `${key}:undeliverable`, channel: whom.id, message: textMessage(text) });
}

const WHY: ReadonlyMap<string, string> = new Map([
  ['is_archived', 'that channel is archived. Unarchive it, or name another in walkback.yml'],
  [
    'channel_not_found',
    'that channel is gone, or it is private and I am not in it. Invite me, or name another in walkback.yml',
  ],
  ['not_in_channel', 'I am not in that channel. Invite me, or name another in walkback.yml'],
  ['restricted_action', 'its settings let only some people post. Let me, or name another in walkback.yml'],
  [
    'restricted_action_read_only_channel',
    'its settings let only some people post. Let me, or name another in walkback.yml',
  ],
]);
