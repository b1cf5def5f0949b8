import type { Verdict } from '../domain/git/blast-radius.ts';
import { type Incident, isMitigated, isOver } from '../domain/incident/incident.ts';
import { isUnproven } from '../domain/run/proof.ts';
import {
  currentStep,
  isHalted,
  type Run,
  type RunStatus,
  type RunStep,
  type StepStatus,
} from '../domain/run/run.ts';
import type { Severity } from '../domain/severity.ts';
import { lastsMs } from '../domain/steps/done.ts';
import type { Picture } from './pictures.ts';

/** How urgent it is, as a square: circles say how worried to be about a plan, other pictures how something stands. */
export const SEVERITY_SIGN: Readonly<Record<Severity, Picture>> = {
  P0: 'large_red_square',
  P1: 'large_orange_square',
  P2: 'large_yellow_square',
  P3: 'large_blue_square',
};

export const VERDICT_SIGN: Readonly<Record<Verdict, Picture>> = {
  green: 'large_green_circle',
  amber: 'large_yellow_circle',
  red: 'red_circle',
};

/** How a run or a step stands: a word that both use means the same of both. */
const STATUS_SIGN: Readonly<Record<RunStatus | StepStatus | 'unproven', Picture>> = {
  awaiting_approval: 'bell',
  deferred: 'calendar',
  queued: 'hourglass_flowing_sand',
  running: 'arrows_counterclockwise',
  waiting: 'hand',
  verifying: 'mag',
  succeeded: 'white_check_mark',
  unproven: 'grey_question',
  failed: 'x',
  cancelled: 'no_entry_sign',
  denied: 'no_entry',
  expired: 'hourglass',
  pending: 'white_circle',
  interrupted: 'warning',
  skipped: 'fast_forward',
};

/** The sign of a status by its code alone; of one that there is no longer, as old records may hold, a dash. */
export const statusSign = (status: string): Picture =>
  Object.hasOwn(STATUS_SIGN, status) ? STATUS_SIGN[status as keyof typeof STATUS_SIGN] : 'heavy_minus_sign';

export const stepSign = ({ status, plan }: RunStep): Picture =>
  status === 'waiting' && lastsMs(plan) !== undefined ? 'stopwatch' : STATUS_SIGN[status];

/** A run that waits has the sign of what it waits for: a person, a decision, the time; one whose end proves nothing is neither good nor bad. */
export function runSign(run: Run): Picture {
  if (isUnproven(run)) return STATUS_SIGN.unproven;
  if (isHalted(run)) return 'warning';
  if (run.status !== 'waiting') {
    const going = run.status === 'running' || run.status === 'verifying';
    return going && run.cancel !== null ? 'hand' : STATUS_SIGN[run.status];
  }
  const step = currentStep(run);
  if (step?.status === 'failed') return 'warning';
  return step === undefined ? 'hand' : stepSign(step);
}

/** How an incident stands. One that isn't urgent has no alarm. */
export function incidentSign(incident: Incident): Picture {
  const { status, severity, acknowledged, mergedInto } = incident;
  if (mergedInto !== null) return 'twisted_rightwards_arrows';
  if (isOver(incident)) return status === 'closed' ? 'lock' : 'white_check_mark';
  if (isMitigated(incident)) return 'eyes';
  if (acknowledged === null) return severity === 'P3' ? 'clipboard' : 'rotating_light';
  if (status === 'identified') return 'dart';
  return status === 'mitigating' ? 'fire_extinguisher' : 'mag';
}
