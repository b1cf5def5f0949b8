import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pingRedis } from '../../../src/adapters/redis/ping-redis.ts';
import { type PrivateRedis, startPrivateRedis } from '../../../src/adapters/redis/private-redis.ts';

let folder: string;
const running: PrivateRedis[] = [];

const start = async (dataDir: string): Promise<PrivateRedis> => {
  const redis = await startPrivateRedis({ dataDir });
  running.push(redis);
  return redis;
};

const command = async <Answer>(url: string, ask: (client: Redis) => Promise<Answer>): Promise<Answer> => {
  const client = new Redis(url, { maxRetriesPerRequest: 1 });
  try {
    return await ask(client);
  } finally {
    client.disconnect();
  }
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'walkback-private-'));
});

afterEach(async () => {
  for (const redis of running.splice(0)) await redis.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('a private Redis', () => {
  it('keeps an append-only file, evicts nothing and listens on no port', async () => {
    const { url } = await start(folder);
    expect(
      await command(url, (client) => client.config('GET', 'appendonly', 'maxmemory-policy', 'port', 'save')),
    ).toEqual(
      expect.arrayContaining([
        'appendonly',
        'yes',
        'maxmemory-policy',
        'noeviction',
        'port',
        '0',
        'save',
        '',
      ]),
    );
  });

  it('has its data again after a restart', async () => {
    const first = await start(folder);
    await command(first.url, (client) => client.set('kept', 'yes'));
    await first.stop();
    expect(await pingRedis(first.url)).toBe(false);
    const second = await start(folder);
    expect(await command(second.url, (client) => client.get('kept'))).toBe('yes');
  });

  it('is shared by a second start, which does not stop it', async () => {
    const first = await start(folder);
    const second = await start(folder);
    expect(second.url).toBe(first.url);
    await second.stop();
    expect(await pingRedis(first.url)).toBe(true);
  });

  it('is taken over, and then stopped, when whoever started it died', async () => {
    const { url } = await start(folder);
    const record = join(folder, 'private-redis.json');
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    await writeFile(record, JSON.stringify({ ...JSON.parse(await readFile(record, 'utf8')), owner: dead }));
    const heir = await start(folder);
    expect(heir.url).toBe(url);
    await heir.stop();
    expect(await pingRedis(url)).toBe(false);
  });

  it('is started once by starts at the same moment', async () => {
    const both = await Promise.all([start(folder), start(folder)]);
    const ids = await Promise.all(
      both.map(({ url }) =>
        command(url, async (client) => /run_id:\w+/.exec(await client.info('server'))?.[0]),
      ),
    );
    expect(ids[0]).toBeDefined();
    expect(ids[1]).toBe(ids[0]);
  });

  it('puts its socket elsewhere when the path would be too long for one', async () => {
    const { url } = await start(join(folder, 'd'.repeat(100)));
    expect(url.length).toBeLessThan(100);
    expect(await pingRedis(url)).toBe(true);
  });

  it('says when it has ended', async () => {
    const { untilEnded, stop } = await start(folder);
    const ended = untilEnded();
    await stop();
    await expect(ended).resolves.toBeUndefined();
  });

  it('says what to type when no server is installed', async () => {
    const start = startPrivateRedis({ dataDir: folder, programs: ['no-such-redis-server'] });
    await expect(start).rejects.toThrow(/no-such-redis-server.*apt-get install redis-server/s);
  });

  it('shows the end of the log when the server does not come up', async () => {
    const start = startPrivateRedis({ dataDir: folder, programs: ['false'] });
    await expect(start).rejects.toThrow(/ended \(exit code 1\) before it was ready/);
  });
});
