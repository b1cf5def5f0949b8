import type { webApi } from '@slack/bolt';
import type { Catalog } from '../../engine/ports/catalog.ts';
import type { Clock } from '../../engine/ports/clock.ts';
import type { EventStore } from '../../engine/ports/event-store.ts';
import type { Git } from '../../engine/ports/git.ts';
import type { Log } from '../../engine/ports/log.ts';
import type { MessageRefs } from '../../engine/ports/message-refs.ts';
import type { PeopleDirectory } from '../../engine/ports/people-directory.ts';
import type { SeenOnce } from '../../engine/ports/seen-once.ts';
import type { StepOutput } from '../../engine/ports/step-output.ts';

export type Plainly = <Said>(said: Said) => Said;

/** What listeners need of the engine, and the Slack clients to answer with. */
export type Listening = {
  readonly store: EventStore;
  readonly clock: Clock;
  readonly git: Git;
  readonly catalog: Catalog;
  readonly output: StepOutput;
  readonly seen: SeenOnce;
  readonly people: PeopleDirectory;
  /** Where our messages stand. */
  readonly messages: Pick<MessageRefs, 'get'>;
  readonly log: Log;
  /** For answers to people. */
  readonly client: webApi.WebClient;
  /** For modals alone: a pause asked of the other client must not let a trigger run out. */
  readonly viewClient: webApi.WebClient;
  /** For a Slack that doesn't draw all markup: what is answered, without that. */
  readonly plainly?: Plainly;
  /** The workspace that Walkback serves. */
  readonly teamId: string;
};
