import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createGit } from '../../../src/adapters/git/create-git.ts';
import { createRepositoryChecks } from '../../../src/cli/doctor/repository-checks.ts';
import { runCheck } from '../../../src/cli/doctor/run-check.ts';
import { findFreePort } from '../../../src/demo/free-port.ts';
import type { Team } from '../../../src/domain/team/team.ts';
import type { Git } from '../../../src/engine/ports/git.ts';
import { aFolder } from '../../support/configuration-folder.ts';
import { gitFor } from '../../support/git-adapter.ts';
import { createTestRepository, type TestRepository } from '../../support/git-repository.ts';

async function aRepository(releases: readonly string[]): Promise<TestRepository> {
  const repository = await createTestRepository();
  onTestFinished(repository.remove);
  await repository.commit('Begin', { 'shop.txt': 'open' });
  for (const release of releases) {
    await repository.commit(`Release ${release}`, { 'shop.txt': release });
    await repository.git('tag', release);
  }
  await repository.push();
  return repository;
}

/** The repository's address at a git server that lets nobody push. */
async function serveReadOnly({ folder }: TestRepository): Promise<string> {
  const port = await findFreePort(0);
  const options = ['--export-all', `--base-path=${folder}`, '--listen=127.0.0.1', `--port=${port}`];
  const program = join(execFileSync('git', ['--exec-path'], { encoding: 'utf8' }).trim(), 'git-daemon');
  const server = spawn(program, ['--verbose', ...options], { stdio: ['ignore', 'ignore', 'pipe'] });
  onTestFinished(() => void server.kill());
  await once(server, 'spawn');
  for await (const line of createInterface({ input: server.stderr })) {
    if (line.includes('Ready to rumble')) break;
  }
  expect(server.exitCode, 'git-daemon serves').toBeNull();
  server.stderr.resume();
  return `git://127.0.0.1:${port}/remote.git`;
}

/** Git that reaches every host by an ssh which serves this machine's folders, but never answers a push. */
async function gitThatWaitsToPush({ folder }: TestRepository): Promise<Git> {
  const bin = await aFolder({
    ssh: '#!/bin/sh\nfor command; do :; done\ncase "$command" in *receive-pack*) cat > /dev/null ;; esac\neval "$command"\n',
  });
  await chmod(join(bin, 'ssh'), 0o755);
  const environment = { PATH: `${bin}:${process.env['PATH']}` };
  return createGit({ mirrors: join(folder, 'mirrors'), environment });
}

async function examine(
  repository: TestRepository,
  changes: Partial<Team['services'][string]> = {},
  { git = gitFor(repository), withinMs = 5_000, pushes = true } = {},
) {
  const shop = {
    title: 'Web shop',
    ...repository.ref,
    migrations: [],
    playbooks: ['undo'],
    environments: {},
    ...changes,
  };
  const checks = createRepositoryChecks({
    team: { services: { shop } },
    git,
    pushes,
    withinMs,
  });
  expect(checks.map(({ title }) => title)).toEqual(['Repository of shop']);
  const found = await Promise.all(checks.map((check) => runCheck(check, 8_000)));
  return found.flat().map(({ level, what }) => `${level} ${what.replaceAll(repository.folder, '')}`);
}

describe('the check of a repository', () => {
  it('finds it, its branch and its newest releases, and that it takes pushes', async () => {
    const repository = await aRepository(['v1.0.0', 'v1.1.0', 'v1.2.0', 'v1.3.0']);
    const head = await repository.remoteHead();
    expect(await examine(repository)).toEqual([
      `ok /remote.git answers, its branch main is at ${head.slice(0, 7)}`,
      'ok releases: v1.3.0, v1.2.0, v1.1.0, ...',
      'ok it takes pushes from here; its hooks and rules for branches show at the first rollback',
    ]);
    expect(await examine(repository, {}, { pushes: false })).toHaveLength(2);
  });

  it('tells in the words of git why a push fails', async () => {
    const repository = await aRepository(['v1.0.0', 'v1.1.0']);
    const readOnly = await serveReadOnly(repository);
    const found = await examine(repository, { repository: readOnly });
    expect(found[1]).toBe('ok releases: v1.1.0, v1.0.0');
    expect(found[2]).toMatch(/^problem a trial push failed: remote error: access denied/);
  });

  it('names a branch that is not there', async () => {
    const found = await examine(await aRepository(['v1.0.0']), { branch: 'release' });
    expect(found).toEqual(['problem /remote.git: it has no branch release']);
  });

  it('tells in the words of git why it can not be reached', async () => {
    const repository = await aRepository([]);
    const found = await examine(repository, { repository: join(repository.folder, 'gone.git') });
    expect(found).toEqual([expect.stringMatching(/^problem \/gone\.git: .*does not (exist|appear)/)]);
  });

  it('shows no password of the address', async () => {
    const repository = 'http://robin:a-very-secret-word@127.0.0.1:1/shop.git';
    const found = await examine(await aRepository([]), { repository });
    expect(found).toEqual([
      expect.stringMatching(/^problem http:\/\/\[redacted\]@127\.0\.0\.1:1\/shop\.git: /),
    ]);
    expect(found.join()).not.toContain('a-very-secret-word');
  });

  it('warns where there is no release to go back to', async () => {
    expect((await examine(await aRepository([])))[1]).toBe(
      'warning no tag that matches v* is on the branch main: no release to go back to',
    );
    expect((await examine(await aRepository(['v1.0.0'])))[1]).toBe(
      'warning v1.0.0 is the only release: there is no previous one to go back to',
    );
  });

  it('leaves releases and pushing alone where fetching takes too long', async () => {
    const found = await examine(await aRepository(['v1.0.0', 'v1.1.0']), {}, { withinMs: 0 });
    expect(found[1]).toBe('warning fetching it takes long, so the rest was not looked at');
    expect(found).toHaveLength(2);
  });

  it('keeps what it found where a push is not answered', async () => {
    const repository = await aRepository(['v1.0.0', 'v1.1.0']);
    const git = await gitThatWaitsToPush(repository);
    const found = await examine(
      repository,
      { repository: `ssh://git.example.com${repository.remote}` },
      { git, withinMs: 4_000 },
    );
    expect(found.slice(1)).toEqual([
      'ok releases: v1.1.0, v1.0.0',
      'warning a trial push was not answered in time',
    ]);
  });
});
