import { randomUUID } from 'node:crypto';
import type { Log } from '../../engine/ports/log.ts';

/** A log for one thing that a person did, and the reference to give them: 8 hex digits, by which it is found there. */
export function referencedLog(
  log: Log,
  fields: { readonly listener: string; readonly user: string },
): { readonly reference: string; readonly log: Log } {
  const reference = randomUUID().slice(0, 8);
  return { reference, log: log.child({ ...fields, reference }) };
}
