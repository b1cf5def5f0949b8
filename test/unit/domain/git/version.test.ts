import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareVersions, parseVersion, type Version } from '../../../../src/domain/git/version.ts';

const read = (tag: string): Version => {
  const version = parseVersion(tag);
  if (version === undefined) throw new Error(`${tag} is no version`);
  return version;
};

describe('tags in the order of their versions', () => {
  it.each([
    [
      'semantic ones',
      'v1.0.0-alpha v1.0.0-alpha.1 v1.0.0-alpha.beta v1.0.0-beta v1.0.0-beta.2 v1.0.0-beta.11 v1.0.0-rc.1 v1.0.0',
    ],
    ['numbers, not letters', 'v1.9.0 v1.10.0 v1.10.1 v2 v10.0.0'],
    ['candidates without dots', 'v1.3.0-rc1 v1.3.0-rc2 v1.3.0-rc10 v1.3.0 v1.4.0-rc1'],
    [
      'pre-releases as Python and Java write them',
      '1.0a1 1.0b2 1.0rc1 1.0 1.0.post1 2.0.0.M1 2.0.0.RC1 2.0.0.RELEASE',
    ],
    ['a hotfix comes after what it mends', 'v1.3.0 v1.3.0-hotfix.1 v1.3.0-hotfix.2 v1.3.1'],
    ['builds', 'v1.3.0 v1.3.0+build.9 v1.3.0+build.10 v1.3.1'],
    ['dates', 'release-2024-01-15 release-2024-01-15-2 release-2024-01-16 release-2024-02-01'],
    ['dates with dots', '2023.12.31 2024.01.15 2024.01.15-2 2024.2.1'],
    ['times', 'v20240115T0930 v20240115T1030 v20240116T0100'],
    ['plain numbers', 'build-9 build-10 build-20240115123000123456 build-20240115123000123457'],
    ['a package in a monorepo', 'shop@1.9.0 shop@1.10.0-beta.1 shop@1.10.0'],
    ['a prefix that has a digit', 's3-1.9.0 s3-1.10.0 k8s-v2'],
    ['the one that says more', 'v1 v1.0 v1.0.0'],
    ['a semantic number after a dash comes before', 'v1.2.3-4 v1.2.3'],
  ])('%s', (_, text) => {
    const tags = text.split(' ');
    const shuffled = tags.toReversed().map(read).sort(compareVersions);
    expect(shuffled.map(({ tag }) => tag)).toEqual(tags);
  });

  it.each(['latest', 'vstable', 'nightly', ''])('%s is none', (tag) => {
    expect(parseVersion(tag)).toBeUndefined();
  });

  it('a final one has no pre-release part', () => {
    const isFinal = (tag: string) => read(tag).pre.length === 0;
    for (const tag of ['v1.0.0', 'v1.0.0+rc1', '1.0.0.Final', 'v1.0.0-hotfix1', '2024.01.15-2', 'v5'])
      expect(isFinal(tag), tag).toBe(true);
    for (const tag of [
      'v1.0.0-rc1',
      'v1.0.0-SNAPSHOT',
      'v1.0.0-next.3+build',
      'v5-beta',
      'v5rc1',
      'v1.2.3-0',
    ])
      expect(isFinal(tag), tag).toBe(false);
  });

  it('is an order over anything: total, and no two different tags equal', () => {
    const part = fc.constantFrom(
      '1',
      '2',
      '10',
      '007',
      '.',
      '-',
      '+',
      'rc',
      'v',
      'hotfix',
      'final',
      'beta',
      'T',
      '2024',
    );
    const tag = fc.array(part, { maxLength: 8 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.array(tag, { minLength: 3, maxLength: 3 }), (tags) => {
        const [a, b, c] = tags.flatMap((text) => parseVersion(text) ?? []);
        if (a === undefined || b === undefined || c === undefined) return;
        expect(Math.sign(compareVersions(a, b))).toBe(-Math.sign(compareVersions(b, a)) + 0);
        expect(compareVersions(a, b) === 0).toBe(a.tag === b.tag);
        if (compareVersions(a, b) <= 0 && compareVersions(b, c) <= 0)
          expect(compareVersions(a, c)).toBeLessThanOrEqual(0);
      }),
      { numRuns: 2_000 },
    );
  });
});
