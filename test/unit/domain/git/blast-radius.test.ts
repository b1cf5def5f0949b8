import { describe, expect, it } from 'vitest';
import { assessBlastRadius } from '../../../../src/domain/git/blast-radius.ts';
import type { RangeFacts } from '../../../../src/domain/git/git-facts.ts';
import { aCommit } from '../../../support/plan-builder.ts';

const aRange = (overrides: Partial<RangeFacts> = {}): RangeFacts => ({
  commits: [aCommit({ subject: 'Cache prices' })],
  commitCount: 1,
  files: ['src/prices.ts'],
  fileCount: 1,
  migrations: [],
  ...overrides,
});

describe('the blast radius', () => {
  it('is green with few commits, no migration and no fix in the range, and says so', () => {
    expect(assessBlastRadius(aRange())).toMatchObject({
      verdict: 'green',
      reasons: ['no migration, no lost fix, few commits'],
    });
  });

  it('is red with a migration in the range', () => {
    const radius = assessBlastRadius(aRange({ migrations: ['db/migrations/7.sql'] }));
    expect(radius).toMatchObject({ verdict: 'red', reasons: ['1 database migration in the range'] });
  });

  it('is red with a migration and names the milder reasons as well', () => {
    const radius = assessBlastRadius(
      aRange({
        migrations: ['db/migrations/7.sql', 'db/migrations/8.sql'],
        commits: [aCommit({ subject: 'Fix rounding' })],
        commitCount: 21,
      }),
    );
    expect(radius.verdict).toBe('red');
    expect(radius.reasons).toEqual([
      '2 database migrations in the range',
      '1 fix would be lost',
      '21 commits would be undone',
    ]);
  });

  it.each(['Fix rounding', 'fixes #12', 'Hotfix: checkout', 'Patch CVE-2026-1234', 'security: bump'])(
    'is amber when “%s” would be lost',
    (subject) => {
      const radius = assessBlastRadius(aRange({ commits: [aCommit({ subject })] }));
      expect(radius).toMatchObject({ verdict: 'amber', lostFixes: [subject] });
    },
  );

  it.each(['Prefix the keys', 'Add a suffix', 'Affix stamps'])('does not take “%s” for a fix', (subject) => {
    expect(assessBlastRadius(aRange({ commits: [aCommit({ subject })] })).verdict).toBe('green');
  });

  it('is amber from the twenty-first commit on', () => {
    expect(assessBlastRadius(aRange({ commitCount: 20 })).verdict).toBe('green');
    expect(assessBlastRadius(aRange({ commitCount: 21 })).verdict).toBe('amber');
  });

  it('names every author once', () => {
    const by = (author: string) => aCommit({ author });
    const radius = assessBlastRadius(aRange({ commits: [by('Ada'), by('Grace'), by('Ada')] }));
    expect(radius.authors).toEqual(['Ada', 'Grace']);
  });
});
