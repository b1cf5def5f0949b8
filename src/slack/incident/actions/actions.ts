import { acknowledge } from './acknowledge.ts';
import { changeSeverity } from './change-severity.ts';
import { holdLadder } from './hold-ladder.ts';
import { holdRollback } from './hold-rollback.ts';
import { join } from './join.ts';
import { merge } from './merge.ts';
import { note } from './note.ts';
import { releaseLadder } from './release-ladder.ts';
import { releaseRollback } from './release-rollback.ts';
import { reopen } from './reopen.ts';
import { resolve } from './resolve.ts';
import { rollBack } from './roll-back.ts';
import { setMonitoring } from './set-monitoring.ts';
import { takeRole } from './take-role.ts';
import { update } from './update.ts';

/** How everything that may be pressed on an incident looks, in the order of the buttons on its card. */
export const SLACK_ACTIONS = [
  acknowledge,
  setMonitoring,
  rollBack,
  holdRollback,
  releaseRollback,
  update,
  takeRole,
  changeSeverity,
  holdLadder,
  releaseLadder,
  resolve,
  reopen,
  merge,
  join,
  note,
] as const;
