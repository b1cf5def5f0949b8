import type { SlashCommand } from '../../door/answer-text.ts';
import { declare, declareTitled } from './declare.ts';
import { help } from './help.ts';
import { list } from './list.ts';
import { merge } from './merge.ts';
import { reopen } from './reopen.ts';
import { resolve } from './resolve.ts';
import { severity } from './severity.ts';
import { show } from './show.ts';
import { timeline } from './timeline.ts';
import { update } from './update.ts';

/** `/incident`, and "incident" after a mention of the bot. */
export const incident: SlashCommand = {
  name: 'incident',
  commands: [
    // In the order of help.
    declare,
    declareTitled,
    list,
    show,
    timeline,
    update,
    severity,
    resolve,
    reopen,
    merge,
    help,
  ],
};
