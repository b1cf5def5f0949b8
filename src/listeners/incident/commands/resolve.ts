import { formCommand } from './form-command.ts';

export const resolve = formCommand({
  word: 'resolve',
  text: 'SUMMARY',
  form: 'resolve',
  does: 'end it, with a summary',
  fromText: async (summary) => ({ kind: 'command', command: { press: 'resolve', summary } }),
});
