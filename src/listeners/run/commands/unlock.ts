import { unlockService } from '../../../engine/run/cancel.ts';
import { textMessage } from '../../../slack/kit/message.ts';
import { explainRefusal } from '../../door/explain-refusal.ts';
import { say, subCommand } from '../../door/sub-command.ts';
import { mayUnlock } from './may.ts';

export const unlock = subCommand({
  words: ['unlock'],
  usage: 'SERVICE ENVIRONMENT REASON',
  help: { does: 'end whatever holds it', mayUse: mayUnlock },
  parse: ([service, environment, ...reason]) =>
    service === undefined || environment === undefined || reason.length === 0
      ? undefined
      : { service, environment, reason: reason.join(' ') },
  answer: async (said, asked) => {
    const answer = await unlockService(asked.listening, { ...said, person: asked.person });
    const text =
      answer.kind === 'refused'
        ? explainRefusal(answer.refusal, asked)
        : `${answer.run.id} was ended; ${said.service} ${said.environment} is free again.`;
    return say(textMessage(text));
  },
});
