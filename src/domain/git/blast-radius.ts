import { z } from 'zod';
import { Commit, type RangeFacts } from './git-facts.ts';
import { RolledBack } from './rolled-back.ts';

export const Verdict = z.enum(['green', 'amber', 'red']);
export type Verdict = z.infer<typeof Verdict>;

/** What a rollback would undo, and how worried to be. Shown before anyone may approve. */
export const BlastRadius = z.strictObject({
  commits: z.array(Commit),
  commitCount: z.number().int().nonnegative(),
  authors: z.array(z.string()),
  files: z.array(z.string()),
  fileCount: z.number().int().nonnegative(),
  migrations: z.array(z.string()),
  /** Subjects of commits in the range that read like fixes: these would be lost. */
  lostFixes: z.array(z.string()),
  /** That somebody has gone away from the target before. Absent where nobody has, as below. */
  rolledBack: RolledBack.optional(),
  /** Why it isn't known whether the branch's head is what is deployed, in words. */
  deployedUnknown: z.string().optional(),
  verdict: Verdict,
  reasons: z.array(z.string()),
});
export type BlastRadius = z.infer<typeof BlastRadius>;

const FIX = /\b(fix(es|ed)?|hotfix|bugfix|security|cve-\d+)\b/i;
const MANY_COMMITS = 20;

/** What earlier runs say about a rollback. */
export type PriorFacts = {
  readonly rolledBack?: RolledBack | undefined;
  readonly deployedUnknown?: string | undefined;
};

/**
 * Judges a range of commits: red with a migration in it or where its target was rolled back itself; amber with lost
 * fixes, with many commits, or where what is deployed isn't known.
 */
export function assessBlastRadius(
  range: RangeFacts,
  { rolledBack, deployedUnknown }: PriorFacts = {},
): BlastRadius {
  const lostFixes = range.commits.map((commit) => commit.subject).filter((subject) => FIX.test(subject));
  const alarms = [
    range.migrations.length > 0 && `${count(range.migrations.length, 'database migration')} in the range`,
    rolledBack !== undefined &&
      `the target was rolled back on ${rolledBack.at.slice(0, 10)} by ${rolledBack.run}${rolledBack.incident === null ? '' : ` for ${rolledBack.incident}`}`,
  ].filter(isText);
  const warnings = [
    deployedUnknown !== undefined && `what is deployed isn't known: ${deployedUnknown}`,
    lostFixes.length > 0 && `${count(lostFixes.length, 'fix', 'fixes')} would be lost`,
    range.commitCount > MANY_COMMITS && `${range.commitCount} commits would be undone`,
  ].filter(isText);
  return {
    commits: [...range.commits],
    commitCount: range.commitCount,
    authors: [...new Set(range.commits.map((commit) => commit.author))],
    files: [...range.files],
    fileCount: range.fileCount,
    migrations: [...range.migrations],
    lostFixes,
    ...(rolledBack === undefined ? {} : { rolledBack }),
    ...(deployedUnknown === undefined ? {} : { deployedUnknown }),
    verdict: alarms.length > 0 ? 'red' : warnings.length > 0 ? 'amber' : 'green',
    reasons:
      alarms.length + warnings.length > 0
        ? [...alarms, ...warnings]
        : ['no migration, no lost fix, few commits'],
  };
}

const count = (number: number, one: string, many = `${one}s`): string =>
  `${number} ${number === 1 ? one : many}`;
const isText = (value: string | false): value is string => value !== false;
