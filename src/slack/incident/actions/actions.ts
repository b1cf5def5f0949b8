import { acknowledge } from './acknowledge.ts';
import { changeSeverity } from './change-severity.ts';
import { holdLadder } from './hold-ladder.ts';
import { holdRollback } from './hold-rollback.ts';
import { merge } from './merge.ts';
import { note } from './note.ts';
import { reopen } from './reopen.ts';
import { resolve } from './resolve.ts';
import { rollBack } from './roll-back.ts';
import { takeRole } from './take-role.ts';
import { update } from './update.ts';

/** How everything that may be pressed on an incident looks, in the order of the buttons on its card. */
export const SLACK_ACTIONS = [
  acknowledge,
  rollBack,
  holdRollback,
  update,
  takeRole,
  changeSeverity,
  holdLadder,
  resolve,
  reopen,
  merge,
  note,
] as const;
