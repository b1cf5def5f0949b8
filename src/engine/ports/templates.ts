import type { MessageOf, TemplateName } from '../reactions/message-data.ts';

/** The words of messages: Slack mrkdwn, with everything that people typed made harmless. */
export type Templates = {
  /** Throws only for data that doesn't fit its schema, which is a bug. */
  readonly render: <Name extends TemplateName>(name: Name, data: MessageOf<Name>) => string;
};
