import type { HealthCheck, HealthFinding } from '../../engine/ports/health.ts';
import { explainError } from './explain-error.ts';

/** Runs a check within a time (milliseconds). Never rejects: a check that throws or takes too long is a problem. */
export async function runCheck(
  { run }: Pick<HealthCheck, 'run'>,
  withinMs: number,
): Promise<readonly HealthFinding[]> {
  const over = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<readonly HealthFinding[]>((resolve) => {
    timer = setTimeout(() => {
      resolve([tooLate(withinMs)]);
      over.abort(new Error(`not over within ${withinMs / 1_000} s`));
    }, withinMs);
  });
  try {
    return await Promise.race([late, look(run, over.signal)]);
  } finally {
    clearTimeout(timer);
  }
}

async function look(run: HealthCheck['run'], signal: AbortSignal): Promise<readonly HealthFinding[]> {
  try {
    const findings = await run(signal);
    return findings.length > 0 ? findings : [{ level: 'note', what: 'nothing to look at' }];
  } catch (error) {
    return [{ level: 'problem', what: `could not be looked at: ${explainError(error)}` }];
  }
}

const tooLate = (withinMs: number): HealthFinding => ({
  level: 'problem',
  what: `no answer within ${withinMs / 1_000} s`,
  todo: 'see whether it can be reached from this machine (network, firewall, proxy), then try again',
});
