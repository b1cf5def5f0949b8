import type { Person } from '../../domain/actor.ts';
import type { Refusal } from '../../domain/refusal.ts';
import type { Team } from '../../domain/team/team.ts';
import type { Catalog } from '../../engine/ports/catalog.ts';
import type { Log } from '../../engine/ports/log.ts';
import { snapshotCatalog } from '../../engine/snapshot-catalog.ts';
import { textMessage } from '../../slack/kit/message.ts';
import { refusalText } from '../../slack/kit/refusal.ts';
import { outcomeView } from '../../slack/kit/telling-views.ts';
import { asPerson, type Caller } from './caller.ts';
import type { Attending, Entrance, Telling } from './listening.ts';
import { referencedLog } from './referenced-log.ts';
import type { Tell } from './tell-at.ts';
import { type Places, tellWhatBroke } from './tell-what-broke.ts';

/** Something a person did in Slack, acknowledged already. */
export type Inbound = {
  readonly name: string;
  /** The same for every delivery of the same thing: Slack and Socket Mode may deliver twice. */
  readonly onceKey: string;
  readonly caller: Caller;
  readonly tell: Tell;
  /** Tells them above what they sent, where they sent something that they can send again. */
  readonly giveBack?: Tell;
  /** It was delivered before. */
  readonly again?: () => Promise<void>;
  /** Keeps for the record that the caller was refused, where there is something that it belongs to. */
  readonly record?: (refusal: Refusal) => Promise<void>;
};

type Handled = {
  readonly person: Person;
  readonly team: Team;
  readonly log: Log;
  /** Under which the log has this request. */
  readonly reference: string;
};

/** One request: who asks, and the files that were read for it, from which `team` and the person's roles are as well. */
export type Handling = Handled & { readonly listening: Attending };

/** The same for a question that decides nothing. */
export type Answering = Handled & { readonly listening: Telling };

export type Runner<Given> = (inbound: Inbound, work: (given: Given) => Promise<void>) => Promise<void>;

export type InboundRunner = {
  /** What decides, plans or opens a form. While a file is broken the person is told what is wrong in it. */
  readonly handle: Runner<Handling>;
  /** What only tells: goes on with the files as they could last be read. */
  readonly answer: Runner<Answering>;
  /** Resolves when nothing is in hand any more. */
  readonly drained: () => Promise<void>;
};

/**
 * The one way in: once only, from people of our workspace only, with a log line, with the files read once, and, when
 * something breaks, an answer that says what to mend or holds the reference under which the log has the cause.
 */
export function createInboundRunner({ catalog, telling, ...listening }: Entrance): InboundRunner {
  const inHand = new Set<Promise<void>>();

  const run = async (
    inbound: Inbound,
    files: Catalog,
    work: (handled: Handled, looksAt: Attending['looksAt']) => Promise<void>,
  ): Promise<void> => {
    const { name, caller } = inbound;
    const { reference, log } = referencedLog(listening.log, { listener: name, user: caller.user });
    let inModal: Places['inModal'];
    try {
      if (!(await listening.seen.isFirst(`${name}:${inbound.onceKey}`))) return await inbound.again?.();
      const team = await files.team();
      const answer = await asPerson(listening, team, caller);
      if (answer.kind === 'refused') {
        log.warn({ refusal: answer.refusal.reason }, 'refused');
        await inbound.record?.(answer.refusal);
        return await inbound.tell(textMessage(refusalText(answer.refusal)));
      }
      await work({ person: answer.person, team, log, reference }, ({ id, title }) => {
        inModal = async ({ text }) => {
          await listening.viewClient.views.update({ view_id: id, view: outcomeView({ title, text }) });
        };
      });
    } catch (error) {
      const { giveBack, tell } = inbound;
      await tellWhatBroke(error, { places: { giveBack, inModal, tell }, reference, log });
    }
  };

  const keep = (work: Promise<void>): Promise<void> => {
    const running = work.finally(() => inHand.delete(running));
    inHand.add(running);
    return running;
  };
  return {
    handle: (inbound, work) => {
      const files = snapshotCatalog(catalog);
      return keep(
        run(inbound, files, (handled, looksAt) =>
          work({ ...handled, listening: { ...listening, catalog: files, looksAt, tell: inbound.tell } }),
        ),
      );
    },
    answer: (inbound, work) => {
      const files = snapshotCatalog(telling);
      return keep(
        run(inbound, files, (handled) => work({ ...handled, listening: { ...listening, telling: files } })),
      );
    },
    drained: async () => {
      await Promise.all(inHand);
    },
  };
}
