import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { createRedisCheck } from '../../../src/adapters/redis/check-redis.ts';
import { startPrivateRedis } from '../../../src/adapters/redis/private-redis.ts';

const never = new AbortController().signal;
const examine = (url: string, signal = never) =>
  createRedisCheck({ url: async () => url, namespace: 'doctor-test' }).run(signal);

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
    expect(found.at(-1)?.what).toBe('an append, a read and a delete in {doctor-test} work');
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
    expect(found.filter(({ level }) => level !== 'ok').map(({ what }) => what)).toEqual([
      expect.stringMatching(/^memory: [\d.]+ MiB of 0\.6 MiB used: when it is full/),
      expect.stringMatching(/^it can't be written to: .*OOM/),
    ]);
  });

  it('finds a user who may write but not publish', async () => {
    const url = await startRedis({});
    const redis = new Redis(url);
    await redis.call('ACL', 'SETUSER', 'default', 'resetchannels');
    redis.disconnect();
    const found = await examine(url);
    expect(found.at(-1)).toMatchObject({
      level: 'problem',
      what: expect.stringMatching(/^it can't be written to: .*(channel|NOPERM)/i),
    });
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
