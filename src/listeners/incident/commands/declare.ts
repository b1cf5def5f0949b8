import { respondRoles } from '../../../domain/team/team.ts';
import { declareOffer } from '../../../slack/incident/open-form.ts';
import { below, textMessage } from '../../../slack/kit/message.ts';
import { inlineCode } from '../../../slack/kit/text.ts';
import { explainRefusal } from '../../door/explain-refusal.ts';
import { ANY_OTHER_WORD, type Answer, type Asked, asText, say, subCommand } from '../../door/sub-command.ts';
import { openDeclareForm } from '../open-declare-form.ts';
import { mayRespond } from './may-respond.ts';
import { showIncident } from './show.ts';
import { incidentHere } from './which-incident.ts';

const LONGEST_TITLE = 150;
/** A word that is at least so long, and nearly a sub-command, may well be meant for it. */
const LONG_WORD = 5;

/** `/incident` alone: the declaration. In an incident's own thread nobody wants to declare it again: it is shown. */
export const declare = subCommand({
  words: ['', 'declare'],
  usage: '[TITLE]',
  help: { does: 'declare an incident', mayUse: mayRespond },
  parse: (words) => ({ title: asText(words) }),
  answer: async ({ title }, asked): Promise<Answer> => {
    const here = title === '' ? await incidentHere(asked) : undefined;
    if (here !== undefined) return showIncident(asked.listening, here);
    return declaration(asked, { title });
  },
});

/** `/incident checkout is broken`: whatever begins with no sub-command's word is the title of a new one. */
export const declareTitled = subCommand({
  words: ANY_OTHER_WORD,
  usage: 'TITLE',
  parse: (words) => ({ words }),
  answer: async ({ words }, asked): Promise<Answer> => {
    const [first = '', ...rest] = words;
    const near = asked.nearestCommand(first);
    const title = asText(words);
    if (near === undefined || !mayRespond(asked)) return declaration(asked, { title });
    const typedRight = [near, ...rest].join(' ');
    const isCommand = rest.every((word) => /^((inc-)?\d+|p[0-3])$/i.test(word));
    const meant = `I don't know ${inlineCode(first, 60)}. Did you mean ${inlineCode(typedRight, LONGEST_TITLE)}?`;
    if (isCommand) return say(below(meant, declareOffer(buttonFor(asked, title))));
    if (first.length < LONG_WORD) return declaration(asked, { title });
    const notice = `If you meant ${inlineCode(typedRight, LONGEST_TITLE)}, type that instead.`;
    return declaration(asked, { title, notice });
  },
});

function declaration(
  asked: Asked,
  { title, notice }: { readonly title: string; readonly notice?: string },
): Answer {
  const { listening, person, team, place } = asked;
  if (!mayRespond(asked)) {
    const refusal = { reason: 'not-permitted', roles: respondRoles(team) } as const;
    return say(textMessage(explainRefusal(refusal, asked)));
  }
  const offer = declareOffer(buttonFor(asked, title));
  return {
    kind: 'form',
    offer: notice === undefined ? offer : below(notice, offer),
    open: async (triggerId) => {
      await openDeclareForm(listening, { person, team, triggerId, channel: place.channel, title, notice });
      return { kind: 'opened' };
    },
  };
}

const buttonFor = ({ place: { threadTs } }: Asked, title: string) => ({
  ...(threadTs === undefined ? {} : { threadTs }),
  ...(title === '' ? {} : { title: title.slice(0, LONGEST_TITLE) }),
});
