import type { z } from 'zod';
import type { Refusal } from '../../domain/refusal.ts';
import { parseButton } from '../../slack/kit/button-values.ts';
import { textMessage } from '../../slack/kit/message.ts';
import { callerOf } from './caller.ts';
import { explainRefusal } from './explain-refusal.ts';
import type { Answering, Handling, InboundRunner, Runner } from './inbound.ts';
import type { Router } from './router.ts';
import { tellPrivately } from './tell-privately.ts';
import { staleButton } from './unknown-ids.ts';

/** What was pressed, and the request that it is: a deciding one, or with `Answering` one that only tells. */
export type Press<Value, Given = Handling> = Given & {
  readonly value: Value;
  readonly triggerId: string;
  readonly channel: string;
  readonly refused: (refusal: Refusal) => Promise<void>;
};

type Button<Value> = {
  readonly action: string;
  readonly schema: z.ZodType<Value>;
  /** Keeps that a press was refused for who pressed, before anything else was looked at. */
  readonly record?: (value: Value, refused: { user: string; refusal: Refusal }) => Promise<void>;
};

/**
 * Listens to a button: parses what it carries, and works on it once. What the
 * message shows counts for nothing; whoever handles the press judges by the stored state.
 */
export function listenToButton<Value>(
  router: Router,
  inbound: InboundRunner,
  button: Button<Value>,
  work: (press: Press<Value>) => Promise<void>,
): void {
  listen(router, inbound.handle, button, work);
}

/** The same for a button that only shows something. */
export function listenToShowButton<Value>(
  router: Router,
  inbound: InboundRunner,
  button: Button<Value>,
  work: (press: Press<Value, Answering>) => Promise<void>,
): void {
  listen(router, inbound.answer, button, work);
}

function listen<Value, Given extends Handling | Answering>(
  router: Router,
  runner: Runner<Given>,
  button: Button<Value>,
  work: (press: Press<Value, Given>) => Promise<void>,
): void {
  router.onButton(button.action, async (args) => {
    const { body } = args;
    const tell = tellPrivately(args);
    const caller = callerOf(body);
    const value = parseButton(button.schema, args.payload.value);
    const record = async (refusal: Refusal): Promise<void> => {
      if (value !== undefined) await button.record?.(value, { user: caller.user, refusal });
    };
    const pressed = { name: button.action, onceKey: body.trigger_id, caller, tell, record };
    await runner(pressed, async (given) => {
      const { log, reference } = given;
      if (value === undefined) {
        log.warn({ value: args.payload.value }, 'a button carried something unknown');
        return tell(staleButton(reference));
      }
      const refused = (refusal: Refusal): Promise<void> => {
        log.info({ refusal: refusal.reason }, 'press refused');
        return tell(textMessage(explainRefusal(refusal, given)));
      };
      await work({
        ...given,
        value,
        triggerId: body.trigger_id,
        channel: body.channel?.id ?? '',
        refused,
      });
    });
  });
}
