import { describe, expect, it } from 'vitest';
import { assessBlastRadius } from '../../../../src/domain/git/blast-radius.ts';
import { LISTED_COMMITS, LISTED_FILES } from '../../../../src/domain/git/git-facts.ts';
import { aCommit, aRange, hashOf } from '../../../support/plan-builder.ts';

describe('the blast radius', () => {
  it('is green without migration, fix and many commits, and says how many there are', () => {
    expect(assessBlastRadius(aRange())).toMatchObject({
      verdict: 'green',
      reasons: ['no migration in what is undone, no lost fix, 1 commit'],
    });
    expect(assessBlastRadius(aRange({ commitCount: 11 })).reasons).toEqual([
      'no migration in what is undone, no lost fix, 11 commits',
    ]);
  });

  it('is not green where nobody knows what a migration looks like, and says so', () => {
    const reasons = {
      'none-configured': 'no migrations known: none configured',
      'none-match': 'no migrations known: no file is what the configuration calls one',
    } as const;
    for (const migrationsKnown of ['none-configured', 'none-match'] as const)
      expect(assessBlastRadius(aRange({ migrationsKnown }))).toMatchObject({
        verdict: 'amber',
        migrationsUnknown: true,
        reasons: [reasons[migrationsKnown]],
      });
  });

  it('says what would come back, and what could not be looked through', () => {
    expect(assessBlastRadius(aRange({ returning: 2, commitCount: 30, unread: 10 }))).toMatchObject({
      verdict: 'amber',
      reasons: [
        '2 commits that were taken out would come back',
        '30 commits would be undone',
        'only the newest 20 of them were looked through',
      ],
    });
  });

  it('counts every lost fix and every migration, and lists the first of them', () => {
    const commits = Array.from({ length: 120 }, (_, index) =>
      aCommit({ hash: hashOf(`${index}`), subject: `Fix ${index}`, author: `Author ${index}` }),
    );
    const migrations = Array.from({ length: 150 }, (_, index) => `db/migrate/${index}.rb`);
    const radius = assessBlastRadius(aRange({ commits, migrations }));
    expect(radius).toMatchObject({ commitCount: 120, lostFixCount: 120, migrationCount: 150 });
    expect([radius.commits.length, radius.lostFixes.length]).toEqual([LISTED_COMMITS, LISTED_COMMITS]);
    expect(radius.migrations).toHaveLength(LISTED_FILES);
    expect(radius.authors).toHaveLength(120);
    expect(radius.reasons).toContain('120 fixes would be lost');
  });

  it('says no more of a small one than plans of before did, so that their digests stay', () => {
    expect(Object.keys(assessBlastRadius(aRange())).sort()).toEqual([
      'authors',
      'commitCount',
      'commits',
      'fileCount',
      'files',
      'lostFixes',
      'migrations',
      'reasons',
      'verdict',
    ]);
  });

  it('is red with a migration in what is undone', () => {
    const radius = assessBlastRadius(aRange({ migrations: ['db/migrations/7.sql'] }));
    expect(radius).toMatchObject({ verdict: 'red', reasons: ['1 database migration would be undone'] });
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
      '2 database migrations would be undone',
      '1 fix would be lost',
      '21 commits would be undone',
    ]);
  });

  it.each([
    'Fix rounding',
    'fixes #12',
    'Hotfix: checkout',
    'Patch CVE-2026-1234',
    'security: bump',
    'Revert "Cache prices"',
  ])('is amber when “%s” would be lost', (subject) => {
    const radius = assessBlastRadius(aRange({ commits: [aCommit({ subject })] }));
    expect(radius).toMatchObject({ verdict: 'amber', lostFixes: [subject] });
  });

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
