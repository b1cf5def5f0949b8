import { z } from 'zod';
import { Commit, LISTED_COMMITS, LISTED_FILES, type MigrationsKnown, type RangeFacts } from './git-facts.ts';
import { RolledBack } from './rolled-back.ts';

export const Verdict = z.enum(['green', 'amber', 'red']);
export type Verdict = z.infer<typeof Verdict>;

/** What a rollback would undo, and how worried to be. Shown before anyone may approve. */
export const BlastRadius = z.strictObject({
  /** The newest LISTED_COMMITS of them. */
  commits: z.array(Commit),
  commitCount: z.number().int().nonnegative(),
  authors: z.array(z.string()),
  files: z.array(z.string()),
  fileCount: z.number().int().nonnegative(),
  /** At most LISTED_FILES; how many in all only where that is more, as below. */
  migrations: z.array(z.string()),
  migrationCount: z.number().int().positive().optional(),
  /** That no file in the repository is a migration as far as anybody knows, and nobody said that there is none. */
  migrationsUnknown: z.literal(true).optional(),
  /** Subjects of commits that read like fixes: these would be lost. At most LISTED_COMMITS. */
  lostFixes: z.array(z.string()),
  lostFixCount: z.number().int().positive().optional(),
  /** That somebody has gone away from the target before. Absent where nobody has, as below. */
  rolledBack: RolledBack.optional(),
  /** Why it isn't known whether the branch's head is what is deployed, in words. */
  deployedUnknown: z.string().optional(),
  verdict: Verdict,
  reasons: z.array(z.string()),
});
export type BlastRadius = z.infer<typeof BlastRadius>;

/** A revert took out what was bad, so it is lost as a fix is. */
const FIX = /\b(fix(es|ed)?|hotfix|bugfix|security|cve-\d+)\b|^revert\b/i;
const MANY_COMMITS = 20;

/** What earlier runs say about a rollback. */
export type PriorFacts = {
  readonly rolledBack?: RolledBack | undefined;
  readonly deployedUnknown?: string | undefined;
};

/**
 * Judges what a rollback undoes: red with a migration in it or where its target was rolled back itself; amber with lost
 * fixes, with many commits, or where something that matters isn't known.
 */
export function assessBlastRadius(range: RangeFacts, prior: PriorFacts = {}): BlastRadius {
  const { rolledBack, deployedUnknown } = prior;
  const { migrations, commits, commitCount, fileCount } = range;
  const lostFixes = commits.map((commit) => commit.subject).filter((subject) => FIX.test(subject));
  const alarms = alarmsOf(range, prior);
  const warnings = warningsOf(range, prior, lostFixes.length);
  return {
    commits: commits.slice(0, LISTED_COMMITS),
    commitCount,
    authors: [...new Set(commits.map((commit) => commit.author))],
    files: [...range.files],
    fileCount,
    migrations: migrations.slice(0, LISTED_FILES),
    ...(migrations.length > LISTED_FILES ? { migrationCount: migrations.length } : {}),
    ...(range.migrationsKnown === 'known' ? {} : { migrationsUnknown: true }),
    lostFixes: lostFixes.slice(0, LISTED_COMMITS),
    ...(lostFixes.length > LISTED_COMMITS ? { lostFixCount: lostFixes.length } : {}),
    ...(rolledBack === undefined ? {} : { rolledBack }),
    ...(deployedUnknown === undefined ? {} : { deployedUnknown }),
    verdict: alarms.length > 0 ? 'red' : warnings.length > 0 ? 'amber' : 'green',
    reasons:
      alarms.length + warnings.length > 0
        ? [...alarms, ...warnings]
        : [`no migration in what is undone, no lost fix, ${count(commitCount, 'commit')}`],
  };
}

const alarmsOf = ({ migrations }: RangeFacts, { rolledBack }: PriorFacts): readonly string[] =>
  [
    migrations.length > 0 && `${count(migrations.length, 'database migration')} would be undone`,
    rolledBack !== undefined &&
      `the target was rolled back on ${rolledBack.at.slice(0, 10)} by ${rolledBack.run}${rolledBack.incident === null ? '' : ` for ${rolledBack.incident}`}`,
  ].filter(isText);

const warningsOf = (
  { commitCount, unread, returning, migrationsKnown }: RangeFacts,
  { deployedUnknown }: PriorFacts,
  lostFixes: number,
): readonly string[] =>
  [
    deployedUnknown !== undefined && `what is deployed isn't known: ${deployedUnknown}`,
    MIGRATIONS_UNKNOWN[migrationsKnown],
    lostFixes > 0 && `${count(lostFixes, 'fix', 'fixes')} would be lost`,
    returning > 0 && `${count(returning, 'commit that was', 'commits that were')} taken out would come back`,
    commitCount > MANY_COMMITS && `${commitCount} commits would be undone`,
    unread > 0 && `only the newest ${commitCount - unread} of them were looked through`,
  ].filter(isText);

const MIGRATIONS_UNKNOWN: Readonly<Record<MigrationsKnown, string | false>> = {
  known: false,
  'none-configured': 'no migrations known: none configured',
  'none-match': 'no migrations known: no file is what the configuration calls one',
};

/** How many migrations, and how many fixes, would be undone; a stored list may be cut. */
export const migrationCountOf = ({ migrationCount, migrations }: BlastRadius): number =>
  migrationCount ?? migrations.length;
export const lostFixCountOf = ({ lostFixCount, lostFixes }: BlastRadius): number =>
  lostFixCount ?? lostFixes.length;

const count = (number: number, one: string, many = `${one}s`): string =>
  `${number} ${number === 1 ? one : many}`;
const isText = (value: string | false): value is string => value !== false;
