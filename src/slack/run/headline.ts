import { shortName } from '../../domain/git/git-facts.ts';
import { isUnproven } from '../../domain/run/proof.ts';
import { currentStep, type Run } from '../../domain/run/run.ts';
import { askOf } from '../../domain/steps/done.ts';
import { PICTURES } from '../../words/pictures.ts';
import { runSign } from '../../words/signs.ts';
import { markInHeadline } from '../plan/start-marks.ts';

/** The one line that says how a run stands, in plain text: read first, on a phone, at 3 a.m. */
export const runHeadline = (run: Run, serviceTitle: string): string =>
  `${standing(run, serviceTitle)}${markInHeadline(run)}`;

function standing(run: Run, serviceTitle: string): string {
  return `${PICTURES[runSign(run)]} ${standingWords(run, serviceTitle)}`;
}

function standingWords(run: Run, serviceTitle: string): string {
  const target = shortName(run.plan.target);
  switch (run.status) {
    case 'awaiting_approval':
      return `${serviceTitle}: waiting for approval`;
    case 'deferred':
      return `${serviceTitle}: on the list for the next deployment`;
    case 'queued':
      return `${serviceTitle}: about to roll back to ${target}`;
    case 'running':
      return run.cancel === null
        ? `Rolling back ${serviceTitle} to ${target}`
        : `Cancelling: ${serviceTitle}`;
    case 'verifying':
      return run.cancel === null ? `Checking ${serviceTitle} on ${target}` : `Cancelling: ${serviceTitle}`;
    case 'waiting':
      return waitingHeadline(run, serviceTitle);
    case 'succeeded':
      return isUnproven(run)
        ? `${serviceTitle}: ${target} isn't proven to run`
        : `${serviceTitle} is back on ${target}`;
    case 'failed':
      return `Rollback of ${serviceTitle} failed`;
    case 'cancelled':
      return `Rollback of ${serviceTitle} cancelled`;
    case 'denied':
      return `Rollback of ${serviceTitle} denied`;
    case 'expired':
      return `Rollback of ${serviceTitle}: nobody approved in time`;
  }
}

function waitingHeadline(run: Run, serviceTitle: string): string {
  const step = currentStep(run);
  if (step?.status === 'failed' || step?.status === 'interrupted') {
    return `${serviceTitle}: decide what to do about “${step.plan.title}”`;
  }
  return step !== undefined && askOf(step.plan) !== undefined
    ? `${serviceTitle}: needs a person for “${step.plan.title}”`
    : `${serviceTitle}: waiting at “${step?.plan.title ?? 'a step'}”`;
}
