import { describe, expect, it } from 'vitest';
import {
  nameRelease,
  orderReleases,
  previousRelease,
  type Release,
} from '../../../../src/domain/git/release.ts';
import { aCommit, hashOf } from '../../../support/plan-builder.ts';

/** Releases by name; "v1.3.0=v1.5.0" has the content of v1.5.0. Each was made a day after the one before it. */
const releases = (...names: readonly string[]): readonly Release[] =>
  orderReleases(
    names.map((text, index) => {
      const [name = '', content = name] = text.split('=');
      const at = new Date(Date.UTC(2030, 0, index + 1)).toISOString();
      return {
        commit: { ...aCommit({ hash: hashOf(name), at }), release: name },
        tags: [name],
        tree: hashOf(content),
      };
    }),
  );

const previous = (
  names: readonly string[],
  {
    deployed = [],
    without = [],
  }: { readonly deployed?: readonly string[]; readonly without?: readonly string[] },
): string | undefined => {
  const ordered = releases(...names);
  const named = (some: readonly string[]) => ordered.filter(({ commit }) => some.includes(commit.release));
  return previousRelease(ordered, { deployed: named(deployed), without: named(without) })?.commit.release;
};

describe('a commit with several tags', () => {
  it.each([
    ['v1.4.0', ['v1.4.0-rc2', 'v1.4.0']],
    ['v1.4.0', ['latest', 'v1', 'v1.4', 'v1.4.0']],
    ['v1.3.0', ['v1.3.0', 'v1.4.0-rc1']],
    ['v1.4.0+build.7', ['v1.4.0', 'v1.4.0+build.7']],
    ['v1.4.0-rc2', ['v1.4.0-rc1', 'v1.4.0-rc2', 'vnightly']],
    ['vstable', ['vnightly', 'vstable']],
  ])('is called %s of %j', (name, tags) => {
    expect(nameRelease(tags)).toBe(name);
    expect(nameRelease(tags.toReversed())).toBe(name);
  });
});

describe('the previous release', () => {
  it('is the next lower version of other content', () => {
    expect(previous(['v1.2.0', 'v1.3.0', 'v1.4.0'], { deployed: ['v1.4.0'] })).toBe('v1.3.0');
    expect(previous(['v1.2.0', 'v1.3.0', 'v1.4.0'], { deployed: ['v1.3.0'] })).toBe('v1.2.0');
    expect(previous(['v1.3.0', 'v1.4.0-rc2', 'v1.4.0'], { deployed: ['v1.4.0', 'v1.4.0-rc2'] })).toBe(
      'v1.3.0',
    );
  });

  it('is the newest where none has the deployed content', () => {
    expect(previous(['v1.2.0', 'v1.3.0'], {})).toBe('v1.3.0');
  });

  it('goes by version, not by date: a hotfix of an older line is no step back from a newer one', () => {
    expect(previous(['v1.3.0', 'v1.4.0', 'v1.3.1', 'v1.5.0'], { deployed: ['v1.5.0'] })).toBe('v1.4.0');
    expect(previous(['v1.3.0', 'v1.4.0', 'v1.3.1'], { deployed: ['v1.3.1'] })).toBe('v1.3.0');
  });

  it('goes by date where the tags are no versions', () => {
    expect(previous(['vanna', 'vcarl', 'vbert'], { deployed: ['vbert'] })).toBe('vcarl');
  });

  it('is a pre-release only where there is no final one, and a tag without version only where there is nothing else', () => {
    expect(previous(['v1.3.0', 'v1.4.0-rc1', 'v1.4.0-rc2'], { deployed: ['v1.4.0-rc2'] })).toBe('v1.3.0');
    expect(previous(['v1.4.0-rc1', 'v1.4.0-rc2', 'v1.4.0'], { deployed: ['v1.4.0'] })).toBe('v1.4.0-rc2');
    expect(previous(['v1.3.0', 'vnightly'], {})).toBe('v1.3.0');
    expect(previous(['vnightly', 'v1.3.0'], { deployed: ['v1.3.0'] })).toBe('vnightly');
    expect(previous(['v1.3.0', 'v1.4.0', 'vnightly'], { deployed: ['vnightly'] })).toBe('v1.4.0');
  });

  it('is none that was rolled back itself', () => {
    const names = ['v1.3.0', 'v1.4.0', 'v1.5.0'];
    expect(previous(names, { deployed: ['v1.5.0'], without: ['v1.4.0'] })).toBe('v1.3.0');
    expect(previous(names, { without: ['v1.4.0', 'v1.5.0'] })).toBe('v1.3.0');
    expect(previous(['v1.3.0', 'v1.4.0'], { deployed: ['v1.4.0'], without: ['v1.3.0'] })).toBeUndefined();
  });
});
