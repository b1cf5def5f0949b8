import { Redis } from 'ioredis';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createRedisEventStore } from '../../src/adapters/redis/event-store.ts';
import { isIncidentEvent, isRunEvent } from '../../src/domain/events.ts';
import { foldIncident } from '../../src/domain/incident/evolve.ts';
import type { RunEventBody } from '../../src/domain/run/events.ts';
import { foldRun } from '../../src/domain/run/evolve.ts';
import type { AppendRequest } from '../../src/engine/ports/event-store.ts';
import { anIncident } from '../support/incident-builder.ts';
import { lossyRedis } from '../support/lossy-redis.ts';
import { aPlan } from '../support/plan-builder.ts';
import { type TestRedis, testRedis } from '../support/redis.ts';
import { aRun } from '../support/run-builder.ts';

const AT = '2026-01-05T03:00:00.000Z';
const LATER = '2026-01-05T03:05:00.000Z';
const [requested] = aRun().events();

function requestOf(stream: string, overrides: Partial<AppendRequest> = {}): AppendRequest {
  if (requested?.type !== 'rollback.requested') throw new Error('a run begins with its request');
  return {
    stream,
    expectedVersion: 0,
    at: AT,
    actor: { kind: 'user', id: 'U0REQUESTER' },
    events: [{ type: requested.type, payload: requested.payload }],
    index: [{ kind: 'claim', service: 'shop', environment: 'production' }, { kind: 'open' }],
    ...overrides,
  };
}

const refusedPress: RunEventBody = {
  type: 'approval.refused',
  payload: { press: 'approve', refusal: 'own-request' },
};
const ended: RunEventBody = { type: 'run.cancelled', payload: { why: 'no need' } };

const more = (stream: string, expectedVersion: number, overrides: Partial<AppendRequest> = {}) =>
  requestOf(stream, { expectedVersion, events: [refusedPress], index: [], ...overrides });

function aStore(test: TestRedis = testRedis()) {
  return createRedisEventStore(test);
}

describe('an append', () => {
  it('is read back as it was written, numbered from 1, by a stream that folds', async () => {
    const store = aStore();
    const result = await store.append(requestOf('RUN-1'));
    await store.append(more('RUN-1', 1, { events: [refusedPress, ended] }));
    const events = await store.read('RUN-1');
    expect(result).toEqual({ kind: 'appended', events: events.slice(0, 1) });
    expect(events.map(({ id, version, at }) => [id, version, at])).toEqual([
      ['RUN-1-1', 1, AT],
      ['RUN-1-2', 2, AT],
      ['RUN-1-3', 3, AT],
    ]);
    expect(foldRun(events.filter(isRunEvent))).toMatchObject({
      id: 'RUN-1',
      status: 'cancelled',
      version: 3,
    });
  });

  it('reads from after a version, and nothing of an unknown stream', async () => {
    const store = aStore();
    await store.append(requestOf('RUN-1'));
    await store.append(more('RUN-1', 1));
    expect((await store.read('RUN-1', 1)).map(({ version }) => version)).toEqual([2]);
    expect(await store.read('RUN-1', 2)).toEqual([]);
    expect(await store.read('RUN-2')).toEqual([]);
  });

  it.each([0, 2, 7])(
    'on version %i of a stream that is at 1 is a conflict and writes nothing',
    async (version) => {
      const test = testRedis();
      const store = aStore(test);
      await store.append(requestOf('RUN-1'));
      expect(await store.append(more('RUN-1', version))).toEqual({ kind: 'conflict' });
      expect(await store.read('RUN-1')).toHaveLength(1);
      expect(await test.redis.xlen(test.keys.outbox)).toBe(1);
    },
  );

  it('wins a race alone, whoever races from wherever, and even when all write the same', async () => {
    const test = testRedis();
    const store = aStore(test);
    await store.append(requestOf('RUN-1'));
    const racers = Array.from({ length: 8 }, () =>
      createRedisEventStore({ redis: test.connect(), keys: test.keys }),
    );
    for (let version = 1; version <= 20; version++) {
      const results = await Promise.all(racers.map((racer) => racer.append(more('RUN-1', version))));
      expect(results.filter(({ kind }) => kind === 'appended')).toHaveLength(1);
      expect(results.filter(({ kind }) => kind === 'conflict')).toHaveLength(7);
    }
    expect(await store.read('RUN-1')).toHaveLength(21);
    expect(await test.redis.xlen(test.keys.outbox)).toBe(21);
  });

  it('of an event that could not be read again is thrown back before it is written', async () => {
    const store = aStore();
    const broken = requestOf('RUN-1', {
      events: [{ type: 'step.started', payload: { step: 'deploy', attempt: 0, driver: 'w' } }],
    });
    await expect(store.append(broken)).rejects.toThrow();
    expect(await store.read('RUN-1')).toEqual([]);
  });

  it('whose reply is lost with the connection is sent again and counts once', async () => {
    const test = testRedis();
    const proxy = await lossyRedis(test.url, 'RUN-1-1');
    const store = createRedisEventStore({ redis: proxy.redis, keys: test.keys });
    expect(await store.append(requestOf('RUN-1'))).toMatchObject({ kind: 'appended' });
    expect(proxy.dropped()).toBe(1);
    expect(await store.read('RUN-1')).toHaveLength(1);
    expect(await store.append(more('RUN-1', 1))).toMatchObject({ kind: 'appended' });
    expect(await store.append(more('RUN-1', 1))).toEqual({ kind: 'conflict' });
  });
});

describe('the lock of a service and environment', () => {
  it('goes to one run of many that ask at once, and the others learn who holds it since when', async () => {
    const test = testRedis();
    const ids = Array.from({ length: 10 }, (_, index) => `RUN-${index + 1}`);
    const stores = ids.map(() => createRedisEventStore({ redis: test.connect(), keys: test.keys }));
    const results = await Promise.all(ids.map((id, index) => stores[index]?.append(requestOf(id))));
    const winner = ids[results.findIndex((result) => result?.kind === 'appended')];
    const lock = { run: winner, since: AT, fence: 1 };
    expect(results.filter((result) => result?.kind === 'appended')).toHaveLength(1);
    expect(results.filter((result) => result?.kind === 'lock-held')).toEqual(
      Array(9).fill({ kind: 'lock-held', lock }),
    );
    expect(await stores[0]?.lockOf('shop', 'production')).toEqual(lock);
  });

  it('refuses the whole append: no event, no outbox entry, no index', async () => {
    const test = testRedis();
    const store = aStore(test);
    await store.append(requestOf('RUN-1'));
    await store.append(requestOf('RUN-2'));
    expect(await store.read('RUN-2')).toEqual([]);
    expect(await store.open('run')).toEqual(['RUN-1']);
    expect(await store.recent('run', 5)).toEqual(['RUN-1']);
    expect(await test.redis.xlen(test.keys.outbox)).toBe(1);
  });

  it('is of that service and that environment alone', async () => {
    const store = aStore();
    await store.append(requestOf('RUN-1'));
    const claim = (service: string, environment: string) =>
      ({ index: [{ kind: 'claim', service, environment }, { kind: 'open' }] }) as const;
    expect(await store.append(requestOf('RUN-2', claim('shop', 'staging')))).toMatchObject({
      kind: 'appended',
    });
    expect(await store.append(requestOf('RUN-3', claim('search', 'production')))).toMatchObject({
      kind: 'appended',
    });
    expect(await store.lockOf('billing', 'production')).toBeUndefined();
  });

  it('is free again with the append that releases it, and its fence only ever grows', async () => {
    const store = aStore();
    await store.append(requestOf('RUN-1'));
    await store.append(more('RUN-1', 1, { events: [ended], index: release }));
    expect(await store.lockOf('shop', 'production')).toBeUndefined();
    await store.append(requestOf('RUN-2', { at: LATER }));
    expect(await store.lockOf('shop', 'production')).toEqual({ run: 'RUN-2', since: LATER, fence: 2 });
  });

  it('is not released by a run that does not hold it', async () => {
    const store = aStore();
    await store.append(requestOf('RUN-1'));
    await store.append(requestOf('RUN-2', { index: [{ kind: 'open' }] }));
    await store.append(more('RUN-2', 1, { events: [ended], index: release }));
    expect(await store.lockOf('shop', 'production')).toMatchObject({ run: 'RUN-1' });
  });

  const release = [
    { kind: 'release', service: 'shop', environment: 'production' },
    { kind: 'close' },
  ] as const;
});

describe('the indexes', () => {
  it('list open runs oldest first and recent ones newest first, ended or not', async () => {
    const store = aStore();
    for (const id of ['RUN-9', 'RUN-10', 'RUN-11']) {
      await store.append(requestOf(id, { index: [{ kind: 'open' }] }));
    }
    await store.append(more('RUN-10', 1, { events: [ended], index: [{ kind: 'close' }] }));
    expect(await store.open('run')).toEqual(['RUN-9', 'RUN-11']);
    expect(await store.recent('run', 2)).toEqual(['RUN-11', 'RUN-10']);
  });

  it('list the runs of a service and environment, newest first, and no others', async () => {
    const store = aStore();
    const born = (id: string, service: string, environment: string) =>
      store.append(requestOf(id, { index: [{ kind: 'file', service, environment }, { kind: 'open' }] }));
    await born('RUN-9', 'shop', 'production');
    await born('RUN-10', 'shop', 'production');
    await born('RUN-11', 'shop', 'staging');
    await born('RUN-12', 'search', 'production');
    expect(await store.runsOf('shop', 'production', 5)).toEqual(['RUN-10', 'RUN-9']);
    expect(await store.runsOf('shop', 'production', 1)).toEqual(['RUN-10']);
    expect(await store.runsOf('billing', 'production', 5)).toEqual([]);
  });

  it('list runs by service also that are older than that index, but for one that nothing can be read of', async () => {
    const test = testRedis();
    const store = aStore(test);
    await store.append(requestOf('RUN-1', { index: [{ kind: 'open' }] }));
    await test.redis.zadd(test.keys.recent('run'), 2, 'RUN-2');
    await test.redis.xadd(test.keys.stream('RUN-2'), '1-0', 'event', '{}', 'append', 'x');
    const index = [
      { kind: 'file', service: 'web-shop', environment: 'production' },
      { kind: 'open' },
    ] as const;
    await store.append(requestOf('RUN-3', { index }));
    expect(await store.runsOf('web-shop', 'production', 5)).toEqual(['RUN-3', 'RUN-1']);
  });

  it('give no id twice, whoever asks', async () => {
    const test = testRedis();
    const stores = Array.from({ length: 5 }, () =>
      createRedisEventStore({ redis: test.connect(), keys: test.keys }),
    );
    const ids = await Promise.all(
      Array.from({ length: 100 }, (_, index) => stores[index % 5]?.nextId('run')),
    );
    expect(new Set(ids).size).toBe(100);
    expect(ids).toContain('RUN-1');
    expect(ids).toContain('RUN-100');
  });

  it('are of one namespace: another workspace on the same Redis sees none of them', async () => {
    const store = aStore();
    await store.append(requestOf('RUN-1'));
    const other = aStore();
    expect(await other.open('run')).toEqual([]);
    expect(await other.lockOf('shop', 'production')).toBeUndefined();
  });
});

it.each([2, 3] as const)('what comes back over RESP%i is understood', async (protocol) => {
  const test = testRedis();
  const redis = new Redis(test.url, { protocol });
  onTestFinished(() => redis.disconnect());
  const store = createRedisEventStore({ redis, keys: test.keys });
  const plan = aPlan();
  expect(await store.append(requestOf('RUN-1'))).toMatchObject({ kind: 'appended' });
  expect(await store.append(requestOf('RUN-2'))).toMatchObject({ kind: 'lock-held', lock: { run: 'RUN-1' } });
  expect(await store.append(requestOf('RUN-1'))).toEqual({ kind: 'conflict' });
  expect(await store.lockOf('shop', 'production')).toEqual({ run: 'RUN-1', since: AT, fence: 1 });
  expect(foldRun((await store.read('RUN-1')).filter(isRunEvent))?.plan).toEqual(plan);
  expect(await store.open('run')).toEqual(['RUN-1']);
});

describe('incidents', () => {
  it('have streams and indexes of their own beside runs', async () => {
    const store = aStore();
    await store.append(requestOf('RUN-1'));
    const [first, second] = [anIncident({ id: 'INC-1' }), anIncident({ id: 'INC-2' })];
    for (const { stream, actor, at, type, payload } of [...first.events(), ...second.events()]) {
      if (type !== 'incident.declared') continue;
      const events = [{ type, payload }];
      await store.append({ stream, expectedVersion: 0, at, actor, events, index: [{ kind: 'open' }] });
    }
    expect(await store.open('run')).toEqual(['RUN-1']);
    expect(await store.open('incident')).toEqual(['INC-1', 'INC-2']);
    expect(await store.recent('incident', 1)).toEqual(['INC-2']);
    const events = (await store.read('INC-1')).filter(isIncidentEvent);
    expect(foldIncident(events)).toEqual(first.build());
    await store.append({
      stream: 'INC-1',
      expectedVersion: 1,
      at: AT,
      actor: { kind: 'system', name: 'incident-timer' },
      events: [{ type: 'incident.closed', payload: {} }],
      index: [{ kind: 'close' }],
    });
    expect(await store.open('incident')).toEqual(['INC-2']);
    expect(await store.recent('incident', 10)).toEqual(['INC-2', 'INC-1']);
  });
});
