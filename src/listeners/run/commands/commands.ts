import type { SlashCommand } from '../../door/answer-text.ts';
import { ask, askFilledIn } from './ask.ts';
import { cancel } from './cancel.ts';
import { help } from './help.ts';
import { list } from './list.ts';
import { plan } from './plan.ts';
import { status } from './status.ts';
import { unlock } from './unlock.ts';

/** `/rollback`, and "rollback" after a mention of the bot. */
export const rollback: SlashCommand = {
  name: 'rollback',
  commands: [
    // In the order of help.
    ask,
    askFilledIn,
    plan,
    list,
    status,
    cancel,
    unlock,
    help,
  ],
};
