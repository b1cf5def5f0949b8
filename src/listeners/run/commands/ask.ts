import { nearest } from '../../../domain/problem/nearest.ts';
import { typedName } from '../../../domain/typed-name.ts';
import { textMessage } from '../../../slack/kit/message.ts';
import { openFormMessage, unknownServiceMessage } from '../../../slack/run/open-form.ts';
import { explainRefusal } from '../../door/explain-refusal.ts';
import { ANY_OTHER_WORD, type Answer, type Asked, asText, say, subCommand } from '../../door/sub-command.ts';
import { openRollbackForm } from '../open-rollback-form.ts';
import { mayRequest } from './may.ts';

type Prefill = { readonly service?: string; readonly target?: string; readonly reason?: string };

/** `/rollback` alone: the form, which begins with the service. */
export const ask = subCommand({
  words: [''],
  usage: '',
  help: { does: 'ask for a rollback', mayUse: mayRequest },
  parse: () => ({}),
  answer: rollbackForm,
});

/** `/rollback SERVICE`: whatever is no word of a sub-command is taken for a service's name. */
export const askFilledIn = subCommand({
  words: ANY_OTHER_WORD,
  usage: 'SERVICE [TARGET [REASON]]',
  help: { does: 'the same, filled in', mayUse: mayRequest },
  ofService: true,
  parse: ([service = '', ...rest]) => ({ service, ...targetAndReason(rest) }),
  answer: async ({ service, ...rest }, asked) => {
    const { team, place, nearestCommand } = asked;
    if (Object.hasOwn(team.services, service)) return rollbackForm({ ...rest, service }, asked);
    const known = Object.keys(team.services);
    const typed = typedName(service);
    const near = nearest(typed, known);
    const { threadTs } = place;
    const meant = near && { service: near, ...rest, ...(threadTs && { threadTs }) };
    return say(unknownServiceMessage({ typed, known, meant, command: nearestCommand(typed) }));
  },
});

/** "v1.2.0 it fails", "back to v1.2.0", "it fails": a word that begins a sentence is no target. */
function targetAndReason(words: readonly string[]): Omit<Prefill, 'service'> {
  const { groups: { said = '' } = {} } = /^(?:(?:back )?to )?(?<said>.*)$/i.exec(words.join(' ')) ?? {};
  const [first = '', ...others] = said.split(' ');
  const isTarget = others.length === 0 || /\d/.test(first);
  const target = isTarget ? typedName(first) : '';
  const reason = asText(isTarget ? others : [said]);
  return { ...(target && { target }), ...(reason && { reason }) };
}

async function rollbackForm(prefill: Prefill, asked: Asked): Promise<Answer> {
  const { listening, person, team, place } = asked;
  if (!mayRequest(asked)) {
    const refusal = { reason: 'not-permitted', roles: team.permissions.request } as const;
    return say(textMessage(explainRefusal(refusal, asked)));
  }
  const { channel, threadTs } = place;
  return {
    kind: 'form',
    offer: openFormMessage({ ...prefill, ...(threadTs === undefined ? {} : { threadTs }) }),
    open: async (triggerId) => {
      await openRollbackForm(listening, { person, triggerId, origin: { channel }, prefill });
      return { kind: 'opened' };
    },
  };
}
