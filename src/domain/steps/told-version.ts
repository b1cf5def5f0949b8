const SHORTEST_HASH = 7;

/** What a service may call the version that should run: a release tag, and full hashes of commits with its content. */
type Version = { readonly release: string | null; readonly commits: readonly string[] };

/**
 * Whether a text names a version: the release with or without its "v", or at least seven digits of one of the commits;
 * v1.3.0 is not named by v1.3.0-rc1 or 11.3.0.
 */
export function tellsVersion(told: string, { release, commits }: Version): boolean {
  const isRelease = release !== null && nameOf(release).test(told);
  const hashes = told.match(/\b[0-9a-f]{7,40}\b/g) ?? [];
  return isRelease || hashes.some((hash) => commits.some((commit) => commit.startsWith(hash)));
}

/** The same names as people read them: "v1.3.0, 3fa8c21". */
export const versionWords = ({ release, commits }: Version): string =>
  [...(release === null ? [] : [release]), ...commits.map((hash) => hash.slice(0, SHORTEST_HASH))].join(
    ' or ',
  );

function nameOf(release: string): RegExp {
  const bare = release.replace(/^v(?=\d)/, '').replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\w.-])(?:${bare === release ? '' : 'v?'})${bare}(?![\\w-]|\\.\\w)`);
}
