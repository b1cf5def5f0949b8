import { randomUUID } from 'node:crypto';
import type { Person } from '../../domain/actor.ts';
import type { Refusal } from '../../domain/refusal.ts';
import type { Team } from '../../domain/team/team.ts';
import type { Log } from '../../engine/ports/log.ts';
import type { Message } from '../../slack/kit/block-kit.ts';
import { textMessage } from '../../slack/kit/message.ts';
import { refusalText } from '../../slack/kit/refusal.ts';
import { asPerson, type Caller } from './caller.ts';
import type { Listening } from './listening.ts';

/** Something a person did in Slack, acknowledged already. */
type Inbound = {
  readonly name: string;
  /** The same for every delivery of the same thing: Slack and Socket Mode may deliver twice. */
  readonly onceKey: string;
  readonly caller: Caller;
  /** Tells the person, and nobody else. */
  readonly tell: (message: Message) => Promise<void>;
  /** Keeps for the record that the caller was refused, where there is something that it belongs to. */
  readonly record?: (refusal: Refusal) => Promise<void>;
};

export type Handling = { readonly person: Person; readonly team: Team; readonly log: Log };

export type InboundRunner = {
  readonly handle: (inbound: Inbound, work: (handling: Handling) => Promise<void>) => Promise<void>;
  /** Resolves when nothing is in hand any more. */
  readonly drained: () => Promise<void>;
};

/**
 * The one way in: once only, from people of our workspace only, with a log line and, when something breaks, an answer
 * that holds the reference under which the log has the cause.
 */
export function createInboundRunner(listening: Listening): InboundRunner {
  const inHand = new Set<Promise<void>>();

  const run = async (inbound: Inbound, work: (handling: Handling) => Promise<void>): Promise<void> => {
    const reference = randomUUID().slice(0, 8);
    const log = listening.log.child({ listener: inbound.name, reference, user: inbound.caller.user });
    try {
      if (!(await listening.seen.isFirst(`${inbound.name}:${inbound.onceKey}`))) return;
      const team = await listening.catalog.team();
      const caller = await asPerson(listening, team, inbound.caller);
      if (caller.kind === 'refused') {
        log.warn({ refusal: caller.refusal.reason }, 'refused');
        await inbound.record?.(caller.refusal);
        return await inbound.tell(textMessage(refusalText(caller.refusal)));
      }
      await work({ person: caller.person, team, log });
    } catch (error) {
      log.error({ error }, 'listener broke');
      const sorry = `That didn't work: something broke on Walkback's side. See in the thread or by \`/rollback status\` whether it was done all the same, and try again; if it stays, ask whoever runs Walkback to look for \`${reference}\` in its log.`;
      await inbound
        .tell(textMessage(sorry))
        .catch((cause: unknown) => log.error({ error: cause }, 'could not tell the person'));
    }
  };

  return {
    handle: (inbound, work) => {
      const running = run(inbound, work).finally(() => inHand.delete(running));
      inHand.add(running);
      return running;
    },
    drained: async () => {
      await Promise.all(inHand);
    },
  };
}
