import type { HealthCheck } from '../engine/ports/health.ts';
import { formatFindings, formatSum } from './doctor/format-findings.ts';
import { runCheck } from './doctor/run-check.ts';

const WITHIN_MS = 10_000;

/**
 * Looks at a live set-up: runs all checks at once, prints their findings in the order given and a sum at the end.
 * Returns the exit code: 1 where there is a problem. `terminal` marks lines in colour, else in plain ASCII.
 * A check that is not over `withinMs` (milliseconds) after its start is a problem, and is left behind.
 */
export async function doctor({
  checks,
  print,
  terminal = false,
  withinMs = WITHIN_MS,
}: {
  readonly checks: readonly HealthCheck[];
  readonly print: (line: string) => void;
  readonly terminal?: boolean;
  readonly withinMs?: number;
}): Promise<0 | 1> {
  const looking = checks.map((check) => ({ title: check.title, findings: runCheck(check, withinMs) }));
  for (const { title, findings } of looking) {
    for (const line of formatFindings({ title, findings: await findings, terminal })) print(line);
  }
  const all = (await Promise.all(looking.map(({ findings }) => findings))).flat();
  print(formatSum(all));
  return all.some(({ level }) => level === 'problem') ? 1 : 0;
}
