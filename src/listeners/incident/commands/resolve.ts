import { formCommand } from './form-command.ts';

export const resolve = formCommand({ word: 'resolve', form: 'resolve', does: 'end it, with a summary' });
