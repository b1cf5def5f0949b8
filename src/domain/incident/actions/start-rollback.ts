import { refuseOver } from '../may-work.ts';
import { pressElsewhere } from './action.ts';

/** Asks for a rollback with what the incident knows. Who may ask for one is a matter of runs, not of incidents. */
export const startRollback = pressElsewhere({
  press: 'start-rollback',
  words: 'starting a rollback',
  whyNot: refuseOver,
});
