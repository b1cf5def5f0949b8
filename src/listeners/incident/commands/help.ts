import { incidentHelpMessage } from '../../../slack/incident/help-message.ts';
import { say, tellingSubCommand } from '../../door/sub-command.ts';
import { mayRespond } from './may-respond.ts';

export const help = tellingSubCommand({
  words: ['help'],
  usage: '',
  help: { does: 'this list' },
  parse: () => ({}),
  answer: async (_, asked) => say(incidentHelpMessage({ lines: asked.help, mayRespond: mayRespond(asked) })),
});
