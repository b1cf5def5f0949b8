import { incidentHelpMessage } from '../../../slack/incident/help-message.ts';
import { ANY_OTHER_WORD, say, tellingSubCommand } from '../../door/sub-command.ts';
import { mayRespond } from './may-respond.ts';

export const help = tellingSubCommand({
  words: ['help'],
  usage: '',
  help: { does: 'this list' },
  parse: () => ({}),
  answer: async (_, asked) => say(incidentHelpMessage({ lines: asked.help, mayRespond: mayRespond(asked) })),
});

/** A word that is no sub-command leads to help, which names it. */
export const unknownWord = tellingSubCommand({
  words: ANY_OTHER_WORD,
  usage: '',
  parse: ([unknown]) => ({ unknown }),
  answer: async ({ unknown }, asked) =>
    say(incidentHelpMessage({ lines: asked.help, mayRespond: mayRespond(asked), unknown })),
});
