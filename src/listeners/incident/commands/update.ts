import { formCommand } from './form-command.ts';

export const update = formCommand({ word: 'update', form: 'update', does: 'say how it stands' });
