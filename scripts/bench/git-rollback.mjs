import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createGit } from '../../dist/adapters/git/create-git.js';

const FILES = 50_000;
const COMMITS = 5_000;
/** The target lies this many commits back. */
const BACK = 100;
const ROUNDS = 5;

const run = promisify(execFile);

/**
 * Milliseconds, one number a round, from a known target to a pushed commit in a repository of 50,000 files and 5,000
 * commits: by the git adapter's method `tree` (`ours`), and by `git checkout REF -- . && git commit && git push` in
 * a clone (`theirs`). Both have their mirror or clone up to date before, and take turns.
 */
export async function measureGitRollback() {
  const folder = await mkdtemp(join(tmpdir(), 'walkback-bench-git-'));
  try {
    const remote = join(folder, 'remote.git');
    await buildRemote(remote);
    const clone = join(folder, 'clone');
    await run('git', ['clone', '-q', remote, clone]);
    const head = await ask(remote, 'rev-parse', 'main');
    const target = await ask(remote, 'rev-parse', `main~${BACK}`);
    const git = createGit({
      mirrors: join(folder, 'mirrors'),
      environment: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '' },
    });
    const ref = { repository: remote, branch: 'main', releases: 'v*', migrations: [] };
    await git.fetchHead(ref);
    const ours = [];
    const theirs = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      ours.push(await timed(() => rollBackByAdapter({ git, ref, target, head, round })));
      await run('git', ['update-ref', 'refs/heads/main', head], { cwd: remote });
      theirs.push(await timed(() => rollBackByHand({ clone, target, round })));
      await run('git', ['update-ref', 'refs/heads/main', head], { cwd: remote });
      await run('git', ['reset', '-q', '--hard', head], { cwd: clone });
      await run('git', ['fetch', '-q', 'origin'], { cwd: clone });
    }
    return { ours, theirs };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function rollBackByAdapter({ git, ref, target, head, round }) {
  const result = await git.rollBack(
    {
      ref,
      method: 'tree',
      paths: [],
      target,
      expectedHead: head,
      message: `Roll back, round ${round}`,
      at: new Date().toISOString(),
      run: `RUN-${round}`,
    },
    new AbortController().signal,
  );
  if (result.kind !== 'pushed') throw new Error(`not pushed: ${result.kind}`);
}

async function rollBackByHand({ clone, target, round }) {
  const script = 'git checkout "$0" -- . && git commit -q -m "Roll back by hand, round $1" && git push -q';
  await run('/bin/sh', ['-c', script, target, String(round)], {
    cwd: clone,
    env: { ...process.env, ...PERSON },
  });
}

const PERSON = {
  GIT_AUTHOR_NAME: 'Dana',
  GIT_AUTHOR_EMAIL: 'dana@example.com',
  GIT_COMMITTER_NAME: 'Dana',
  GIT_COMMITTER_EMAIL: 'dana@example.com',
};

const ask = async (cwd, ...args) => (await run('git', args, { cwd })).stdout.trim();

async function timed(work) {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

/** One commit with all files, then three changed files in each further commit, by `git fast-import`. */
async function buildRemote(remote) {
  await run('git', ['init', '-q', '--bare', '--initial-branch=main', remote]);
  const importer = spawn('git', ['fast-import', '--quiet'], {
    cwd: remote,
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  const ended = once(importer, 'exit');
  for (const commit of history()) {
    if (!importer.stdin.write(commit)) await once(importer.stdin, 'drain');
  }
  importer.stdin.end();
  const [code] = await ended;
  if (code !== 0) throw new Error(`git fast-import ended with ${code}`);
}

function* history() {
  for (let number = 1; number <= COMMITS; number += 1) {
    yield commitHeader(number);
    if (number === 1) {
      for (let file = 0; file < FILES; file += 1) yield inline(file, 0);
    } else {
      for (let change = 0; change < 3; change += 1)
        yield inline((number * 7_919 + change * 4_801) % FILES, number);
    }
    yield '\n';
  }
}

function commitHeader(number) {
  const message = `Change ${number}`;
  const at = 1_700_000_000 + number * 60;
  return `commit refs/heads/main\ncommitter Dana <dana@example.com> ${at} +0000\ndata ${message.length}\n${message}\n`;
}

function inline(file, version) {
  const path = `src/area-${file % 50}/part-${Math.floor(file / 50) % 40}/module-${file}.js`;
  const content = `export const module${file} = ${version};\n${'// some more text of the file\n'.repeat(8)}`;
  return `M 100644 inline ${path}\ndata ${content.length}\n${content}\n`;
}
