import { formCommand } from './form-command.ts';

export const severity = formCommand({
  word: 'severity',
  form: 'change-severity',
  does: 'make it more or less severe',
});
