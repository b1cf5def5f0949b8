import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findFreePort } from '../../../src/demo/free-port.ts';
import { git } from '../../../src/demo/sample-service/git.ts';
import { createSampleService, type SampleService } from '../../../src/demo/sample-service/sample-service.ts';

let folder: string;
let shop: SampleService;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'walkback-shop-'));
  shop = await createSampleService({ directory: folder, port: await findFreePort(0) });
  await shop.restart();
});

afterAll(async () => {
  await shop.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Eight customers at once: status and milliseconds of each answer. */
const checkOut = (): Promise<readonly { readonly status: number; readonly ms: number }[]> =>
  Promise.all(
    Array.from({ length: 8 }, async () => {
      const begun = performance.now();
      const { status } = await fetch(`${shop.url}/checkout`);
      return { status, ms: performance.now() - begun };
    }),
  );

const statuses = async (): Promise<readonly number[]> =>
  (await checkOut()).map(({ status }) => status).sort();
const version = async (): Promise<unknown> => (await fetch(`${shop.url}/version`)).json();

/** What a rollback does: a new commit on main, with the tree of a release. */
async function rollBackTo(release: string): Promise<string> {
  const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com'];
  const made = ['commit-tree', `${release}^{tree}`, '-p', 'main', '-m', `Roll back to ${release}`];
  const commit = await git(shop.remote, [...identity, ...made]);
  await git(shop.remote, ['update-ref', 'refs/heads/main', commit]);
  return commit;
}

const deploy = () =>
  promisify(execFile)('./deploy.sh', { cwd: shop.deployed, env: { ...process.env, ...shop.variables } });

describe('the sample service', () => {
  it('has five releases by three people', async () => {
    expect((await git(shop.remote, ['tag', '--list', 'v*'])).split('\n')).toEqual([
      'v1.0.0',
      'v1.1.0',
      'v1.2.0',
      'v1.3.0',
      'v1.4.0',
    ]);
    const authors = await git(shop.remote, ['log', '--format=%an', 'main']);
    expect(new Set(authors.split('\n')).size).toBe(3);
  });

  it('fails a quarter of its requests and answers the rest slowly as long as v1.4.0 is deployed', async () => {
    const answers = await checkOut();
    expect(answers.filter(({ status }) => status === 500)).toHaveLength(2);
    expect(Math.min(...answers.map(({ ms }) => ms))).toBeGreaterThan(850);
    expect((await fetch(`${shop.url}/health`)).status).toBe(503);
    await shop.restart();
    expect(await version()).toEqual({
      version: '1.4.0',
      commit: await git(shop.deployed, ['rev-parse', 'HEAD']),
    });
    expect(await statuses()).toContain(500);
  });

  it('stays bad when only the repository is rolled back, and is well once that is deployed', async () => {
    const commit = await rollBackTo('v1.3.0');
    expect(await statuses()).toContain(500);

    await deploy();

    expect(await git(shop.deployed, ['rev-parse', 'HEAD'])).toBe(commit);
    expect(await version()).toEqual({ version: '1.3.0', commit });
    const answers = await checkOut();
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
    expect(Math.max(...answers.map(({ ms }) => ms))).toBeLessThan(300);
    const health = await fetch(`${shop.url}/health`);
    expect(await health.json()).toMatchObject({ status: 'ok', failed: 0 });
  });

  it('is found again as it was left by a second start', async () => {
    await shop.stop();
    await expect(fetch(shop.url)).rejects.toThrow();
    const again = await createSampleService({ directory: folder, port: await findFreePort(0) });
    await again.restart();
    try {
      expect((await fetch(`${again.url}/checkout`)).status).toBe(200);
    } finally {
      await again.stop();
    }
  });

  it('works in every release', async () => {
    await shop.restart();
    for (const release of ['v1.0.0', 'v1.1.0', 'v1.2.0']) {
      await rollBackTo(release);
      await deploy();
      expect(await version()).toMatchObject({ version: release.slice(1) });
      expect(await statuses()).toEqual(Array(8).fill(200));
    }
  });
});
