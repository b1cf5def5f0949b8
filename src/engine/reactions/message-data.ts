import type { z } from 'zod';
import { IncidentMessage } from './incident-message-data.ts';
import { incidentNotices, runNotices } from './notices.ts';
import { RunMessage } from './run-message-data.ts';

/** What each template is given, by its name; templates are checked against it when they are loaded. */
export const messageData = {
  ...eachGiven(runNotices, RunMessage),
  ...eachGiven(incidentNotices, IncidentMessage),
  // No notices but a part of the approval card, posts that are edited, and what people are asked and told directly.
  'approval-request': RunMessage,
  'approval-asked': RunMessage,
  'approval-answered': RunMessage,
  'run-over': RunMessage,
  'rollback-notification': RunMessage,
  'rollback-outcome': RunMessage,
  'stakeholder-post': IncidentMessage,
};

/** A template's name is its file's in templates/, without ".hbs". */
export type TemplateName = keyof typeof messageData;

/** What a template is given. */
export type MessageOf<Name extends TemplateName> = z.infer<(typeof messageData)[Name]>;

function eachGiven<Name extends string, Data extends z.ZodObject>(
  notices: Readonly<Record<Name, unknown>>,
  data: Data,
): Readonly<Record<Name, Data>> {
  return Object.fromEntries(Object.keys(notices).map((name) => [name, data])) as Record<Name, Data>;
}
