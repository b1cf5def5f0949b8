import { createHash } from 'node:crypto';
import type { Plan } from './plan.ts';

/** SHA-256 (64 hex digits) of the plan's canonical JSON: keys sorted, so equal plans have equal digests. */
export function digestPlan(plan: Plan): string {
  return createHash('sha256').update(canonicalJson(plan)).digest('hex');
}

function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : part,
  );
}
