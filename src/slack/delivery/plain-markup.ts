import type { Message } from '../block-kit.ts';
import type { SlackDelivery } from './slack-delivery.ts';

const DATE = /<!date\^\d+\^[^|>"]*\|([^>"]*)>/g;
const CODE_FENCE = /```(\\n)?/g;

/** Writes dates as their UTC text and code without fences, for a Slack that draws neither, as the try-out's. */
export const withPlainMarkup = (delivery: SlackDelivery): SlackDelivery => ({
  ...delivery,
  postOnce: (item) => delivery.postOnce({ ...item, message: plain(item.message) }),
  reconcileCard: (item) => delivery.reconcileCard({ ...item, message: plain(item.message) }),
});

/** Markup stands within texts, so replacing it in the JSON leaves that whole. */
const plain = (message: Message): Message =>
  JSON.parse(JSON.stringify(message).replace(DATE, '$1').replace(CODE_FENCE, ''));
