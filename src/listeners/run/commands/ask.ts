import { openFormMessage } from '../../../slack/run/open-form.ts';
import { ANY_OTHER_WORD, type Asked, type Form, subCommand } from '../../door/sub-command.ts';
import { openRollbackForm } from '../open-rollback-form.ts';
import { mayRequest } from './may.ts';

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
  usage: 'SERVICE [TARGET]',
  help: { does: 'the same, filled in', mayUse: mayRequest },
  parse: ([service, target]) => ({ ...(service && { service }), ...(target && { target }) }),
  answer: rollbackForm,
});

async function rollbackForm(
  prefill: { readonly service?: string; readonly target?: string },
  { listening, person, place }: Asked,
): Promise<Form> {
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
