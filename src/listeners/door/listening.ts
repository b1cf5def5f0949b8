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
import type { Tell } from './tell-at.ts';

export type Plainly = <Said>(said: Said) => Said;

/**
 * What listeners need of the engine, and the Slack clients to answer with. No catalog is among it: the door reads
 * walkback.yml once for each request and hands that down.
 */
export type Listening = {
  readonly store: EventStore;
  readonly clock: Clock;
  readonly git: Git;
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
  /** How long a form that was sent may wait for its answer, in ms; without it, half of what Slack allows. */
  readonly patienceMs?: number;
  /** For a Slack that doesn't draw all markup: what is answered, without that. */
  readonly plainly?: Plainly;
  /** The workspace that Walkback serves. */
  readonly teamId: string;
};

/** What the process brings to the door. */
export type Entrance = Listening & {
  /** As the files are now: for whatever decides or plans. */
  readonly catalog: Catalog;
  /** As they could last be read: for what only tells. One for the process, which remembers. */
  readonly telling: Catalog;
};

/** Listening, while one request is handled. */
export type Attending = Listening & {
  /** The files as they were read for this request, each once. */
  readonly catalog: Catalog;
  /** From now on the person looks at this modal of ours: what breaks is told in it. */
  readonly looksAt: (modal: { readonly id: string; readonly title: string }) => void;
  /** Tells the person who asked, and nobody else, outside of any modal. */
  readonly tell: Tell;
};

/** Listening, while a question is answered that decides nothing. */
export type Telling = Listening & { readonly telling: Catalog };
