import type { ButtonArgs } from './router.ts';
import { inTurn, type Tell, tellAt } from './tell-at.ts';

/**
 * An answer beside the message that was clicked, in its thread, for the person alone; directly where there is none, or
 * where it can't be answered any more.
 */
export function tellPrivately({ respond, body, client }: ButtonArgs): Tell {
  const directly = tellAt({ client }, body.user.id, {});
  if (respond === undefined) return directly;
  return inTurn(async ({ text, blocks }) => {
    const thread = body.message?.['thread_ts'];
    const inThread = typeof thread === 'string' ? { thread_ts: thread } : {};
    await respond({
      response_type: 'ephemeral',
      replace_original: false,
      ...inThread,
      text,
      blocks: [...blocks],
    });
  }, directly);
}
