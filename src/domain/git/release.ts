import type { Commit } from './git-facts.ts';
import { compareVersions, parseVersion, type Version } from './version.ts';

/** A commit that was released, by one tag or several. */
export type Release = {
  /** Called by its highest final tag. */
  readonly commit: Commit & { readonly release: string };
  /** All its tags that count as releases. */
  readonly tags: readonly string[];
  /** Hash of its content: releases of one tree have the same. */
  readonly tree: string;
};

/** What a commit with these tags is called: its highest final version, else its highest version, else the last tag by name. */
export function nameRelease(tags: readonly string[]): string | undefined {
  const read = tags.map((tag) => ({ tag, version: parseVersion(tag) }));
  const versions = read.flatMap(({ version }) => version ?? []).sort(compareVersions);
  const best = versions.findLast(isFinal) ?? versions.at(-1);
  return best?.tag ?? tags.toSorted().at(-1);
}

/** The newest first: by version where the tags are versions, then those without one, by date. */
export function orderReleases(releases: readonly Release[]): readonly Release[] {
  const read = releases.map((release) => ({ release, version: versionOf(release) }));
  return read
    .toSorted((a, b) => {
      if (a.version !== undefined && b.version !== undefined) return compareVersions(b.version, a.version);
      if (a.version !== undefined || b.version !== undefined) return a.version === undefined ? 1 : -1;
      return compareDates(b.release, a.release);
    })
    .map(({ release }) => release);
}

/**
 * The release before what is deployed. `ordered` as by orderReleases; `deployed` those that have the deployed content;
 * `without` what nobody should be taken back to. A pre-release only where there is no final one, and a tag without a
 * version only where there is nothing else.
 */
export function previousRelease(
  ordered: readonly Release[],
  { deployed, without }: { readonly deployed: readonly Release[]; readonly without: readonly Release[] },
): Release | undefined {
  const newest = deployed.find(hasVersion) ?? deployed[0];
  const earlier = ordered.filter(
    (release) =>
      !deployed.includes(release) &&
      !without.includes(release) &&
      (newest === undefined || isEarlier(release, newest)),
  );
  const versions = earlier.filter(hasVersion);
  return versions.find((release) => isFinal(versionOf(release))) ?? versions[0] ?? earlier[0];
}

function isEarlier(release: Release, than: Release): boolean {
  const [a, b] = [versionOf(release), versionOf(than)];
  if (a !== undefined && b !== undefined) return compareVersions(a, b) < 0;
  // Of a commit that is tagged "latest" no version tells what came before.
  return a !== undefined || compareDates(release, than) < 0;
}

const versionOf = ({ commit }: Release): Version | undefined => parseVersion(commit.release);
const hasVersion = (release: Release): boolean => versionOf(release) !== undefined;
const isFinal = (version: Version | undefined): boolean => version?.pre.length === 0;
const compareDates = (a: Release, b: Release): number => Date.parse(a.commit.at) - Date.parse(b.commit.at);
