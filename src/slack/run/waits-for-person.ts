import { currentStep, type Run } from '../../domain/run/run.ts';

/** Whether a run stands still until somebody answers, rather than until some time has passed. */
export const waitsForPerson = (run: Run): boolean =>
  run.status === 'waiting' && (currentStep(run)?.waitingUntil ?? null) === null;
