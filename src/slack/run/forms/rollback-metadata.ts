import { z } from 'zod';
import { LIMIT } from '../../kit/block-kit.ts';
import { BLOCK } from '../../kit/ids.ts';

/** The choice that the rollback belongs to no incident; an incident's id looks otherwise. */
export const OF_NONE = 'none';
export const LONGEST_REASON = 1_000;
export const LONGEST_COMMIT = 150;
export const LONGEST_PARAMETER = 500;

/** What the form carries unseen: where it came from, and what its fields showed when it was opened. */
export const FormMetadata = z.object({
  service: z.string(),
  channel: z.string(),
  threadTs: z.string().optional(),
  /** By block. Some clients send nothing for a field that nobody touched: then this counts. */
  shown: z.record(z.string(), z.string()),
});
export type FormMetadata = z.infer<typeof FormMetadata>;

/** JSON of at most 3,000 characters; a long reason is left out rather than cut. */
export function formMetadata(
  place: Omit<FormMetadata, 'shown'>,
  shown: Readonly<Record<string, string | undefined>>,
): string {
  const known = Object.entries(shown).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const whole = JSON.stringify({ ...place, shown: Object.fromEntries(known) });
  if (whole.length <= LIMIT.metadata) return whole;
  const short = known.filter(([block, value]) => block !== BLOCK.reason && value.length <= LIMIT.optionText);
  return JSON.stringify({ ...place, shown: Object.fromEntries(short) });
}
