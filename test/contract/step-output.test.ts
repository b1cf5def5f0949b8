import { describe, expect, it } from 'vitest';
import { createRedisStepOutput } from '../../src/adapters/redis/step-output.ts';
import { testRedis } from '../support/redis.ts';

const key = { run: 'RUN-31', step: 'deploy', attempt: 1 };

describe('the output of a step', () => {
  it('is empty before anything was said', async () => {
    const output = createRedisStepOutput(testRedis());
    expect(await output.all(key)).toBe('');
    expect(await output.tail(key, 8)).toBe('');
  });

  it('is all that was appended, in order, of that attempt alone', async () => {
    const output = createRedisStepOutput(testRedis());
    await output.append(key, 'one\ntw');
    await output.append(key, 'o\nthrée\n');
    await output.append({ ...key, attempt: 2 }, 'again\n');
    expect(await output.all(key)).toBe('one\ntwo\nthrée\n');
    expect(await output.tail(key, 2)).toBe('two\nthrée');
    expect(await output.tail({ ...key, attempt: 2 }, 2)).toBe('again');
  });

  it('is bounded at a megabyte, keeping the end and saying that something was cut', async () => {
    const output = createRedisStepOutput(testRedis());
    const line = `${'x'.repeat(99)}\n`;
    for (let block = 0; block < 25; block++) await output.append(key, line.repeat(1_000));
    await output.append(key, 'the end\n');
    const all = await output.all(key);
    expect(Buffer.byteLength(all)).toBeLessThan(1_050_000);
    expect(all).toMatch(/^… \(cut\)\n/);
    expect(await output.tail(key, 1)).toBe('the end');
  });

  it('that is cut stays readable text, whatever its characters', async () => {
    const output = createRedisStepOutput(testRedis());
    await output.append(key, `${'é'.repeat(600_000)}z`);
    expect(await output.all(key)).not.toContain('\uFFFD');
    await output.append({ ...key, attempt: 2 }, `${'é'.repeat(20_000)}z`);
    expect(await output.tail({ ...key, attempt: 2 }, 1)).not.toContain('\uFFFD');
  });

  it('is forgotten some time', async () => {
    const { redis, keys } = testRedis();
    await createRedisStepOutput({ redis, keys }).append(key, 'one\n');
    expect(await redis.ttl(keys.output('RUN-31', 'deploy', 1))).toBeGreaterThan(24 * 3600);
  });
});

it('the process of an attempt is found again as it was marked last', async () => {
  const output = createRedisStepOutput(testRedis());
  expect(await output.processOf(key)).toBeUndefined();
  await output.markProcess(key, { host: 'one', pid: 12, startedAt: '345' });
  await output.markProcess(key, { host: 'one', pid: 13, startedAt: '346' });
  expect(await output.processOf(key)).toEqual({ host: 'one', pid: 13, startedAt: '346' });
  expect(await output.processOf({ ...key, attempt: 2 })).toBeUndefined();
});
