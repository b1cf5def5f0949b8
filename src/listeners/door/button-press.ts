import type { z } from 'zod';
import type { Person } from '../../domain/actor.ts';
import type { Refusal } from '../../domain/refusal.ts';
import type { Message } from '../../slack/kit/block-kit.ts';
import { parseButton } from '../../slack/kit/button-values.ts';
import { textMessage } from '../../slack/kit/message.ts';
import { explainRefusal } from './explain-refusal.ts';
import type { InboundRunner } from './inbound.ts';
import type { ButtonArgs, Router } from './router.ts';
import { tellDirectly } from './tell-directly.ts';

export type Press<Value> = {
  readonly value: Value;
  readonly person: Person;
  readonly triggerId: string;
  readonly channel: string;
  readonly refused: (refusal: Refusal) => Promise<void>;
};

/**
 * Listens to a button: parses what it carries, and works on it once. What the
 * message shows counts for nothing; whoever handles the press judges by the stored state.
 */
export function listenToButton<Value>(
  router: Router,
  inbound: InboundRunner,
  button: {
    readonly action: string;
    readonly schema: z.ZodType<Value>;
    /** Keeps that a press was refused for who pressed, before anything else was looked at. */
    readonly record?: (value: Value, refused: { user: string; refusal: Refusal }) => Promise<void>;
  },
  work: (press: Press<Value>) => Promise<void>,
): void {
  router.onButton(button.action, async (args) => {
    const { body } = args;
    const tell = tellPrivately(args);
    const caller = { user: body.user.id, team: body.user.team_id ?? body.team?.id };
    const value = parseButton(button.schema, args.payload.value);
    const record = async (refusal: Refusal): Promise<void> => {
      if (value !== undefined) await button.record?.(value, { user: caller.user, refusal });
    };
    await inbound.handle(
      { name: button.action, onceKey: body.trigger_id, caller, tell, record },
      async ({ person, team, log }) => {
        if (value === undefined) {
          log.warn({ value: args.payload.value }, 'a button carried something unknown');
          return tell(
            textMessage(
              'That button is from another version of Walkback. `/rollback status RUN` shows a fresh one.',
            ),
          );
        }
        const refused = (refusal: Refusal): Promise<void> => {
          log.info({ refusal: refusal.reason }, 'press refused');
          return tell(textMessage(explainRefusal(refusal, { person, team })));
        };
        await work({ value, person, triggerId: body.trigger_id, channel: body.channel?.id ?? '', refused });
      },
    );
  });
}

/** An answer beside the message that was clicked, in its thread, for the person alone; where there is none, directly. */
function tellPrivately({ respond, body, client }: ButtonArgs): (message: Message) => Promise<void> {
  if (respond === undefined) return tellDirectly(client, body.user.id);
  return async ({ text, blocks }) => {
    const thread = body.message?.['thread_ts'];
    const inThread = typeof thread === 'string' ? { thread_ts: thread } : {};
    await respond({
      response_type: 'ephemeral',
      replace_original: false,
      ...inThread,
      text,
      blocks: [...blocks],
    });
  };
}
