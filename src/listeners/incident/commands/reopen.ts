import { formCommand } from './form-command.ts';

export const reopen = formCommand({
  word: 'reopen',
  form: 'reopen',
  does: 'take the end back, within a day',
  isOver: true,
});
