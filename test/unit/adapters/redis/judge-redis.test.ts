import { describe, expect, it } from 'vitest';
import { judgeRedis } from '../../../../src/adapters/redis/judge-redis.ts';

const MIB = 2 ** 20;
const SOUND = {
  redis_version: '7.0.15',
  maxmemory_policy: 'noeviction',
  aof_enabled: '1',
  used_memory: String(10 * MIB),
  maxmemory: '0',
};
const judge = (changes: Readonly<Record<string, string>>) =>
  judgeRedis(new Map(Object.entries({ ...SOUND, ...changes })));
const amiss = (changes: Readonly<Record<string, string>>) =>
  judge(changes).filter(({ level }) => level !== 'ok');

describe('judgeRedis', () => {
  it('finds nothing amiss where all is set as it should be', () => {
    expect(judge({}).map(({ what }) => what)).toEqual([
      'Redis 7.0.15',
      'maxmemory-policy is noeviction',
      'appendonly is yes',
      'memory: 10.0 MiB used, no limit set',
    ]);
    expect(amiss({})).toEqual([]);
  });

  it.each([
    ['5.0.14', 'problem'],
    ['6.0.16', 'problem'],
    ['6.2.0', 'ok'],
    ['7.4.1', 'ok'],
    ['10.0.0', 'ok'],
  ])('takes version %s for %s', (redis_version, level) => {
    expect(judge({ redis_version })[0]?.level).toBe(level);
  });

  it('knows Valkey by its own version', () => {
    expect(judge({ redis_version: '7.2.4', valkey_version: '8.1.0' })[0]).toEqual({
      level: 'ok',
      what: 'Valkey 8.1.0',
    });
  });

  it.each([
    [79, 'ok'],
    [80, 'warning'],
    [94, 'warning'],
    [95, 'problem'],
  ])('takes a memory that is %s % full for %s', (part, level) => {
    const full = { maxmemory: String(100 * MIB), used_memory: String(part * MIB) };
    expect(judge(full).at(-1)?.level).toBe(level);
  });

  it('says what to type about eviction and persistence', () => {
    expect(amiss({ maxmemory_policy: 'volatile-lru', aof_enabled: '0' })).toMatchObject([
      { level: 'problem', todo: expect.stringContaining('CONFIG SET maxmemory-policy noeviction') },
      { level: 'warning', todo: expect.stringContaining('CONFIG SET appendonly yes') },
    ]);
  });
});
