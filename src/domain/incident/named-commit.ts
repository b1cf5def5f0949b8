import { z } from 'zod';
import { CommitHash } from '../git/git-facts.ts';

/** A commit as an incident remembers it: its full hash, and the release that it is called by, where it is one. */
export const NamedCommit = z.strictObject({ hash: CommitHash, release: z.string().nullable() });
export type NamedCommit = z.infer<typeof NamedCommit>;
