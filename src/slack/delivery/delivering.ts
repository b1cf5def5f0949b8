import type { webApi } from '@slack/bolt';
import type { Catalog } from '../../engine/ports/catalog.ts';
import type { Clock } from '../../engine/ports/clock.ts';
import type { EventStore } from '../../engine/ports/event-store.ts';
import type { MessageRefs } from '../../engine/ports/message-refs.ts';
import type { PeopleDirectory } from '../../engine/ports/people-directory.ts';
import type { StepOutput } from '../../engine/ports/step-output.ts';
import type { Templates } from '../../engine/ports/templates.ts';
import type { SlackDelivery } from './slack-delivery.ts';

/** What putting follow-on work before people takes. */
export type Delivering = {
  readonly store: EventStore;
  readonly catalog: Catalog;
  readonly clock: Clock;
  readonly output: StepOutput;
  readonly people: PeopleDirectory;
  readonly delivery: SlackDelivery;
  /** Where our messages stand. */
  readonly messages: Pick<MessageRefs, 'get'>;
  readonly render: Templates['render'];
  /** For what is no message: channels, permalinks. */
  readonly client: webApi.WebClient;
};

/** Where a message goes: a channel (or a person's id), or a thread in it. */
export type Destination = { readonly channel: string; readonly threadTs?: string };
