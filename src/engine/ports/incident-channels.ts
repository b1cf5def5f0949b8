import type { Incident } from '../../domain/incident/incident.ts';

/** What was refused, by the code that the other side gives; undefined where nothing was. */
type RefusedCode = string | undefined;

/** Channels that incidents have of their own. Every method may be repeated, and throws SlackUnavailable: try again. */
export type IncidentChannels = {
  /** A new channel's id; `name-taken` where there is one of that name. */
  readonly create: (
    name: string,
  ) => Promise<
    | { readonly kind: 'created'; readonly channel: string }
    | { readonly kind: 'name-taken' }
    | { readonly kind: 'refused'; readonly code: string }
  >;
  readonly invite: (channel: string, users: readonly string[]) => Promise<RefusedCode>;
  /** `link` leads to the incident's card, or is ''. */
  readonly setTopic: (
    channel: string,
    about: { readonly incident: Incident; readonly link: string },
  ) => Promise<RefusedCode>;
  readonly setBookmark: (
    channel: string,
    to: { readonly title: string; readonly link: string },
  ) => Promise<RefusedCode>;
  /** A link to the incident's card; undefined while it isn't posted, '' where there is none to be had. */
  readonly linkToCard: (incident: string) => Promise<string | undefined>;
};
