import { z } from 'zod';

/** P0 critical, P1 high, P2 medium, P3 low. What each demands is policy, in walkback.yml. */
export const Severity = z.enum(['P0', 'P1', 'P2', 'P3']);
export type Severity = z.infer<typeof Severity>;
