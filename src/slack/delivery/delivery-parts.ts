import type { webApi } from '@slack/bolt';
import type { Log } from '../../engine/ports/log.ts';
import type { MessageRefs } from '../../engine/ports/message-refs.ts';

/** What bringing messages to Slack takes. */
export type DeliveryParts = {
  readonly client: webApi.WebClient;
  readonly messages: MessageRefs;
  readonly log: Pick<Log, 'warn' | 'error'>;
  /** ms */
  readonly now: () => number;
};
