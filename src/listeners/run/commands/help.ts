import { rollbackHelpMessage } from '../../../slack/run/help-message.ts';
import { say, tellingSubCommand } from '../../door/sub-command.ts';
import { mayApprove, mayDecide, mayRequest } from './may.ts';

export const help = tellingSubCommand({
  words: ['help'],
  usage: '',
  help: { does: 'this list' },
  parse: () => ({}),
  answer: async (_, asked) => {
    const may = { request: mayRequest(asked), approve: mayApprove(asked), decide: mayDecide(asked) };
    return say(rollbackHelpMessage({ lines: asked.help, may }));
  },
});
