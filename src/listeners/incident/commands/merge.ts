import { actOnIncident } from '../../../engine/incident/act.ts';
import { textMessage } from '../../../slack/kit/message.ts';
import { escapeText } from '../../../slack/kit/text.ts';
import { explainRefusal } from '../../door/explain-refusal.ts';
import { say, subCommand } from '../../door/sub-command.ts';
import { mayRespond } from './may-respond.ts';
import { incidentNamed, whichIncident } from './which-incident.ts';

/** "12 into 11", or in the thread of INC-12 just "11": that INC-12 is the same as INC-11, in which it goes on. */
export const merge = subCommand({
  words: ['merge'],
  usage: '[INC] into INC',
  help: { does: 'say that it is the same as another, in which it goes on', mayUse: mayRespond },
  parse: (words) => {
    const ids = words.filter((word) => /^(inc-)?\d+$/i.test(word)).slice(0, 2);
    const into = ids.at(-1);
    return {
      from: ids.length > 1 ? ids[0] : undefined,
      into: into === undefined ? undefined : incidentNamed([into]).named,
    };
  },
  answer: async ({ from, into }, asked) => {
    const example = `\`${asked.typed} merge INC-12 into INC-11\``;
    if (into === undefined) return say(textMessage(`Say which one is part of which, such as ${example}.`));
    const { named } = from === undefined ? { named: undefined } : incidentNamed([from]);
    const which = await whichIncident(asked, { named, word: `merge into ${into}` });
    if (which.kind === 'message') return which;
    const incident = which.incident.id;
    if (incident === into)
      return say(textMessage(`${escapeText(into)} can't be part of itself. Name both, such as ${example}.`));
    const command = { press: 'merge', into } as const;
    const answer = await actOnIncident(asked.listening, { incident, person: asked.person, command });
    return say(
      textMessage(
        answer.kind === 'refused'
          ? explainRefusal(answer.refusal, asked)
          : `*${escapeText(incident)}* is part of *${escapeText(into)}* now. Whoever was told of it hears where it goes on.`,
      ),
    );
  },
});
