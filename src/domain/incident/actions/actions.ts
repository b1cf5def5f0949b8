import { acknowledge } from './acknowledge.ts';
import { changeSeverity } from './change-severity.ts';
import { goNow } from './go-now.ts';
import { holdLadder } from './hold-ladder.ts';
import { holdRollback } from './hold-rollback.ts';
import { join } from './join.ts';
import { merge } from './merge.ts';
import { note } from './note.ts';
import { reopen } from './reopen.ts';
import { resolve } from './resolve.ts';
import { startRollback } from './start-rollback.ts';
import { takeRole } from './take-role.ts';
import { update } from './update.ts';

/** Everything that a person may press on an incident. */
export const INCIDENT_ACTIONS = [
  acknowledge,
  update,
  changeSeverity,
  takeRole,
  startRollback,
  holdLadder,
  resolve,
  reopen,
  holdRollback,
  goNow,
  merge,
  join,
  note,
] as const;
