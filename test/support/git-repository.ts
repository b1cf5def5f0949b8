import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { RepositoryRef } from '../../src/engine/ports/git.ts';

const run = promisify(execFile);

/** A bare remote and the clone of a developer who works on it, both real and in a temporary folder. */
export type TestRepository = {
  readonly folder: string;
  readonly remote: string;
  readonly ref: RepositoryRef;
  /** Runs git in the developer's clone and returns its trimmed output. */
  readonly git: (...args: string[]) => Promise<string>;
  /** Runs git in the remote. */
  readonly remoteGit: (...args: string[]) => Promise<string>;
  /** Writes files (null removes one), commits, and returns the hash. Nothing is pushed. */
  readonly commit: (subject: string, files: Readonly<Record<string, string | null>>) => Promise<string>;
  readonly push: () => Promise<void>;
  readonly remoteHead: () => Promise<string>;
  readonly remove: () => Promise<void>;
};

export async function createTestRepository(): Promise<TestRepository> {
  const folder = await mkdtemp(join(tmpdir(), 'walkback-git-'));
  const remote = join(folder, 'remote.git');
  const clone = join(folder, 'clone');
  await run('git', ['init', '-q', '--bare', '--initial-branch=main', remote]);
  await run('git', ['init', '-q', '--initial-branch=main', clone]);
  let minutes = 0;

  async function git(...args: string[]): Promise<string> {
    const date = new Date(Date.UTC(2030, 0, 1, 0, minutes)).toISOString();
    const env = { ...IDENTITY, ...process.env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
    const { stdout } = await run('git', args, { cwd: clone, env });
    return stdout.trim();
  }
  const remoteGit = async (...args: string[]): Promise<string> =>
    (await run('git', args, { cwd: remote })).stdout.trim();

  await git('remote', 'add', 'origin', remote);
  return {
    folder,
    remote,
    ref: { repository: remote, branch: 'main', releases: 'v*', migrations: ['**/migrations/**'] },
    git,
    remoteGit,
    async commit(subject, files) {
      for (const [path, content] of Object.entries(files)) await write(join(clone, path), content);
      minutes += 1;
      await git('add', '--all');
      await git('commit', '-q', '--allow-empty', '-m', subject);
      return git('rev-parse', 'HEAD');
    },
    push: async () => {
      await git('push', '-q', '--tags', 'origin', 'main');
    },
    remoteHead: () => remoteGit('rev-parse', 'refs/heads/main'),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

const IDENTITY = {
  GIT_AUTHOR_NAME: 'Dana Developer',
  GIT_AUTHOR_EMAIL: 'dana@example.com',
  GIT_COMMITTER_NAME: 'Dana Developer',
  GIT_COMMITTER_EMAIL: 'dana@example.com',
};

async function write(path: string, content: string | null): Promise<void> {
  if (content === null) return rm(path);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}
