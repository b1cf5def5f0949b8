import type { Message } from '../block-kit.ts';
import type { SlackDelivery } from './slack-delivery.ts';

const DATE_MARKUP = /<!date\^\d+\^[^|>"]*\|([^>"]*)>/g;

/** Writes dates as their UTC text, for a Slack that doesn't know date markup, as the local one of the try-out. */
export const withPlainDates = (delivery: SlackDelivery): SlackDelivery => ({
  ...delivery,
  postOnce: (item) => delivery.postOnce({ ...item, message: plainDates(item.message) }),
  reconcileCard: (item) => delivery.reconcileCard({ ...item, message: plainDates(item.message) }),
});

/** Dates stand within texts, so replacing them in the JSON leaves it whole. */
const plainDates = (message: Message): Message =>
  JSON.parse(JSON.stringify(message).replace(DATE_MARKUP, '$1'));
