import type { Message } from '../../slack/kit/block-kit.ts';
import type { ButtonArgs } from './router.ts';
import { tellDirectly } from './tell-directly.ts';

/** An answer beside the message that was clicked, in its thread, for the person alone; where there is none, directly. */
export function tellPrivately({ respond, body, client }: ButtonArgs): (message: Message) => Promise<void> {
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
