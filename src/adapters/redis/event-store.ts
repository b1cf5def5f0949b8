import type { Redis } from 'ioredis';
import { z } from 'zod';
import { type DomainEvent, parseEvent, prefixOf } from '../../domain/events.ts';
import type { AppendRequest, AppendResult, EventStore, ServiceLock } from '../../engine/ports/event-store.ts';
import { appendArguments, defineAppend } from './append-script.ts';
import { fileOlderRuns } from './file-older-runs.ts';
import type { Keys } from './keys.ts';

const AppendReply = z.union([
  z.tuple([z.literal('ok')]),
  z.tuple([z.literal('conflict')]),
  z.tuple([z.literal('held'), z.string(), z.string(), z.coerce.number()]),
]);
const StreamEntries = z.array(
  z.tuple([z.string(), z.tuple([z.literal('event'), z.string()]).rest(z.string())]),
);
const LockFields = z.object({ run: z.string(), since: z.string(), fence: z.coerce.number() });

/** Event streams in Redis Streams; see APPEND_SCRIPT for what one append does atomically. */
export function createRedisEventStore({
  redis,
  keys,
}: {
  readonly redis: Redis;
  readonly keys: Keys;
}): EventStore {
  const append = defineAppend(redis);

  return {
    append: async (request) => {
      const events = numberEvents(request);
      const reply = AppendReply.parse(
        await append(
          appendArguments(
            request,
            events.map((event) => JSON.stringify(event)),
            keys,
          ),
        ),
      );
      return toAppendResult(reply, events);
    },
    read: async (stream, afterVersion = 0) => {
      const entries = StreamEntries.parse(
        await redis.xrange(keys.stream(stream), `${afterVersion + 1}-0`, '+'),
      );
      return entries.map(([, [, json]]) => parseEvent(JSON.parse(json)));
    },
    nextId: async (aggregate) =>
      `${prefixOf(aggregate)}-${await redis.incr(keys.counter(prefixOf(aggregate)))}`,
    open: (aggregate) => redis.zrange(keys.open(aggregate), 0, '-1'),
    recent: (aggregate, limit) => redis.zrevrange(keys.recent(aggregate), 0, limit - 1),
    runsOf: async (service, environment, limit) => {
      await fileOlderRuns({ redis, keys });
      return redis.zrevrange(keys.runsOf(service, environment), 0, limit - 1);
    },
    lockOf: async (service, environment): Promise<ServiceLock | undefined> => {
      const fields = await redis.hgetall(keys.lock(service, environment));
      return fields['run'] === undefined ? undefined : LockFields.parse(fields);
    },
  };
}

function numberEvents({ stream, expectedVersion, at, actor, events }: AppendRequest): readonly DomainEvent[] {
  return events.map((body, index) => {
    const version = expectedVersion + index + 1;
    // Parsed on the way in as well: one broken event would make its whole stream unreadable.
    return parseEvent({ ...body, id: `${stream}-${version}`, stream, version, at, actor });
  });
}

function toAppendResult(reply: z.infer<typeof AppendReply>, events: readonly DomainEvent[]): AppendResult {
  switch (reply[0]) {
    case 'ok':
      return { kind: 'appended', events };
    case 'conflict':
      return { kind: 'conflict' };
    case 'held':
      return { kind: 'lock-held', lock: { run: reply[1], since: reply[2], fence: reply[3] } };
  }
}
