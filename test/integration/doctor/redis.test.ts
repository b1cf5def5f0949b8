import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { queueTrial } from '../../../src/adapters/bullmq/queue-trial.ts';
import { createRedisCheck } from '../../../src/adapters/redis/check-redis.ts';
import { userRights } from '../../../src/adapters/redis/explain-denial.ts';
import { startPrivateRedis } from '../../../src/adapters/redis/private-redis.ts';
import { redisTrials } from '../../../src/adapters/redis/trials.ts';

const examine = (url: string, signal = new AbortController().signal) =>
  createRedisCheck({
    url: async () => url,
    namespace: 'doctor-test',
    trials: [...redisTrials, queueTrial],
  }).run(signal);

/** A Redis of its own for one test, with these settings; returns the path of its socket. */
async function startRedis(settings: Readonly<Record<string, string>>): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'walkback-doctor-redis-'));
  const { url, stop } = await startPrivateRedis({ dataDir });
  onTestFinished(async () => {
    await stop();
    await rm(dataDir, { recursive: true, force: true });
  });
  const redis = new Redis(url);
  for (const [name, value] of Object.entries(settings)) await redis.config('SET', name, value);
  redis.disconnect();
  return url;
}

describe('the check of Redis', () => {
  it('finds a well-set one sound, and leaves nothing in it', async () => {
    const url = inject('redisUrl');
    const found = await examine(url);
    expect(found.map(({ level }) => level)).toEqual(['ok', 'ok', 'ok', 'ok', 'ok', 'ok']);
    expect(found.at(-1)?.what).toBe(
      'scripts, streams, queues and messages to those who wait work in {doctor-test}',
    );
    const redis = new Redis(url);
    expect(await redis.keys('{doctor-test}*')).toEqual([]);
    redis.disconnect();
  });

  it('finds eviction a problem and a missing append-only file a warning', async () => {
    const url = await startRedis({ 'maxmemory-policy': 'allkeys-lru', appendonly: 'no' });
    const found = await examine(url);
    expect(found.filter(({ level }) => level !== 'ok')).toEqual([
      {
        level: 'problem',
        what: expect.stringContaining('maxmemory-policy is allkeys-lru'),
        todo: expect.stringContaining('CONFIG SET maxmemory-policy noeviction'),
      },
      {
        level: 'warning',
        what: expect.stringContaining('appendonly is no'),
        todo: expect.stringContaining('CONFIG SET appendonly yes'),
      },
    ]);
  });

  it('finds one that is full', async () => {
    const url = await startRedis({ maxmemory: '600kb' });
    const found = await examine(url);
    const problems = found.filter(({ level }) => level !== 'ok').map(({ what }) => what);
    expect(problems[0]).toMatch(/^memory: [\d.]+ MiB of 0\.6 MiB used: when it is full/);
    expect(problems[1]).toMatch(/^its memory is full: to run the script that appends .*OOM/);
  });

  it.each<[string, readonly string[], RegExp]>([
    ['run scripts', ['-@scripting'], /run the script that appends to a history/],
    ['add to streams', ['-xadd'], /run the script that appends to a history/],
    ['read streams in groups', ['-xreadgroup'], /read the outbox/],
    ['wait', ['-@blocking'], /read the outbox/],
    ['publish', ['-publish'], /publish/],
    ['hear of its channel', ['resetchannels'], /hear of changes/],
    ['write keys of the namespace', ['resetkeys', '~other:*'], /run the script that appends/],
    ['keep texts that expire', ['-setex', '-expire'], /keep what it knows/],
    ['ask how it is set', ['-info'], /ask how it is set, with INFO/],
    ['pop what is next in a queue', ['-zpopmin', '-bzpopmin'], /carry work by queues/],
  ])('finds a user who may not %s', async (_, rights, what) => {
    const url = await startRedis({});
    const redis = new Redis(url);
    await redis.call('ACL', 'SETUSER', 'default', ...rights);
    redis.disconnect();
    const problems = (await examine(url)).filter(({ level }) => level === 'problem');
    expect(problems.map((problem) => problem.what)).toContainEqual(expect.stringMatching(what));
    for (const problem of problems) {
      expect(problem.what).toMatch(/^its user may not: to /);
      expect(problem.todo).toContain('ACL SETUSER NAME ~{doctor-test}:* &{doctor-test}:* +@all');
    }
  });

  it('is content with a user who has the rights that it recommends', async () => {
    const url = await startRedis({});
    const redis = new Redis(url);
    const rights = userRights('{doctor-test}').split(' ');
    await redis.call('ACL', 'SETUSER', 'default', 'reset', 'on', 'nopass', ...rights);
    redis.disconnect();
    expect((await examine(url)).filter(({ level }) => level !== 'ok')).toEqual([]);
  });

  it('finds a replica, and one that saves nothing for lack of replicas', async () => {
    const [primary, replica] = [await startRedis({}), await startRedis({})];
    const redis = new Redis(replica);
    await redis.call('REPLICAOF', '127.0.0.1', '1');
    redis.disconnect();
    const found = (await examine(replica)).filter(({ level }) => level === 'problem');
    expect(found[0]).toMatchObject({ what: 'it is a replica', todo: 'set REDIS_URL to the primary' });
    expect(found[1]?.what).toMatch(/^it is a replica: to run the script .*READONLY/);

    const alone = new Redis(primary);
    await alone.config('SET', 'min-replicas-to-write', '1');
    alone.disconnect();
    const problems = (await examine(primary)).filter(({ level }) => level === 'problem');
    expect(problems[0]?.what).toMatch(/^too few replicas follow it: to run the script/);
  });

  it('asks for the password where one is missing, and shows none', async () => {
    const url = await startRedis({ requirepass: 'a-very-secret-word' });
    const [found, ...others] = await examine(url);
    expect(others).toEqual([]);
    expect(found).toMatchObject({
      level: 'problem',
      what: expect.stringContaining('NOAUTH'),
      todo: expect.stringContaining('redis://:PASSWORD@HOST:PORT'),
    });
  });

  it('says at once where there is none, and hides the password in the address', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    server.close();
    await once(server, 'close');
    expect(await examine(`redis://:a-very-secret-word@127.0.0.1:${port}`)).toEqual([
      {
        level: 'problem',
        what: `redis://[redacted]@127.0.0.1:${port} can't be used: connect ECONNREFUSED 127.0.0.1:${port}`,
        todo: expect.stringContaining('REDIS_URL'),
      },
    ]);
  });

  it('lets go of one that never answers when its time is over', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const over = new AbortController();
    server.on('connection', () => over.abort());
    const found = await examine(`redis://127.0.0.1:${port}`, over.signal);
    expect(found.map(({ level }) => level)).toEqual(['problem']);
    server.close();
  });
});
