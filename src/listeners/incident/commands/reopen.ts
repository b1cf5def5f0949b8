import { formCommand } from './form-command.ts';

export const reopen = formCommand({
  word: 'reopen',
  text: 'REASON',
  form: 'reopen',
  does: 'take the end back, within a day',
  fromText: async (reason) => ({ kind: 'command', command: { press: 'reopen', reason } }),
  isOver: true,
});
