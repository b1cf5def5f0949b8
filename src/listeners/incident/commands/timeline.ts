import { readTimeline } from '../../../engine/streams/timeline.ts';
import { timelineMessage } from '../../../slack/timeline/message.ts';
import { say, tellingSubCommand } from '../../door/sub-command.ts';
import { incidentNamed, whichIncident } from './which-incident.ts';

export const timeline = tellingSubCommand({
  words: ['timeline'],
  usage: '[INC]',
  most: 1,
  help: { does: 'everything that happened, in order' },
  parse: incidentNamed,
  answer: async (said, asked) => {
    const which = await whichIncident(asked, { ...said, word: 'timeline' });
    if (which.kind === 'message') return which;
    const { id } = which.incident;
    return say(timelineMessage(id, await readTimeline(asked.listening, id)));
  },
});
