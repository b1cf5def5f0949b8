import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { git } from './git.ts';
import { type ShopCommit, shopHistory } from './shop-history.ts';

/** Makes the bare remote with the shop's whole history of releases, by way of a working copy beside it. */
export async function makeRepository({
  remote,
  workshop,
}: {
  readonly remote: string;
  readonly workshop: string;
}): Promise<void> {
  await mkdir(workshop, { recursive: true });
  await git(dirname(remote), ['init', '--quiet', '--bare', '--initial-branch=main', remote]);
  await git(workshop, ['init', '--quiet', '--initial-branch=main']);
  for (const commit of shopHistory) await addCommit(workshop, commit);
  await git(workshop, ['push', '--quiet', '--follow-tags', remote, 'main']);
}

async function addCommit(workshop: string, commit: ShopCommit): Promise<void> {
  for (const [path, text] of Object.entries(commit.files)) {
    await writeFile(join(workshop, path), text);
    if (path.endsWith('.sh')) await chmod(join(workshop, path), 0o755);
  }
  const by = authorship(commit);
  await git(workshop, ['add', '--all']);
  await git(workshop, ['commit', '--quiet', `--message=${commit.subject}`], by);
  if (commit.release === undefined) return;
  await git(workshop, ['tag', '--annotate', `--message=Release ${commit.release}`, commit.release], by);
}

function authorship({ author, at }: ShopCommit): Readonly<Record<string, string>> {
  const email = `${author.toLowerCase().replace(' ', '.')}@example.com`;
  return {
    GIT_AUTHOR_NAME: author,
    GIT_AUTHOR_EMAIL: email,
    GIT_AUTHOR_DATE: at,
    GIT_COMMITTER_NAME: author,
    GIT_COMMITTER_EMAIL: email,
    GIT_COMMITTER_DATE: at,
  };
}
