import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { aggregateOf } from '../../domain/events.ts';
import type { AppendRequest, IndexChange } from '../../engine/ports/event-store.ts';
import type { Keys } from './keys.ts';

/**
 * The one atomic append. Compares the expected version, takes or releases the service lock, appends to the
 * stream and to the outbox, keeps the indexes, and tells watchers.
 *
 * A client that lost its connection before the reply sends the same append again: its key, kept with the entries,
 * tells that apart from somebody else's.
 *
 * KEYS  stream, outbox, open, recent, fence, lock, runs of a service
 * ARGV  expected version, stream id, ISO time, changes channel, claim ("1"/""), release, open, close, append key,
 *       file, event JSON...
 * Reply {"ok"} | {"conflict"} | {"held", run, since, fence}
 */
const APPEND_SCRIPT = `
local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)
local version = 0
if last[1] then version = tonumber(string.match(last[1][1], '^%d+')) end
if version ~= tonumber(ARGV[1]) then
  local first = (tonumber(ARGV[1]) + 1) .. '-0'
  local entry = redis.call('XRANGE', KEYS[1], first, first)[1]
  if entry and entry[2][4] == ARGV[9] then return {'ok'} end
  return {'conflict'}
end
local id = ARGV[2]
if ARGV[5] == '1' then
  local holder = redis.call('HMGET', KEYS[6], 'run', 'since', 'fence')
  if holder[1] and holder[1] ~= id then return {'held', holder[1], holder[2], holder[3]} end
  if not holder[1] then
    redis.call('HSET', KEYS[6], 'run', id, 'since', ARGV[3], 'fence', redis.call('INCR', KEYS[5]))
  end
end
if ARGV[6] == '1' and redis.call('HGET', KEYS[6], 'run') == id then redis.call('DEL', KEYS[6]) end
local score = tonumber(string.match(id, '%d+$'))
if ARGV[7] == '1' then
  redis.call('ZADD', KEYS[3], score, id)
  redis.call('ZADD', KEYS[4], score, id)
end
if ARGV[8] == '1' then redis.call('ZREM', KEYS[3], id) end
if ARGV[10] == '1' then redis.call('ZADD', KEYS[7], score, id) end
for i = 11, #ARGV do
  version = version + 1
  redis.call('XADD', KEYS[1], version .. '-0', 'event', ARGV[i], 'append', ARGV[9])
  redis.call('XADD', KEYS[2], '*', 'event', ARGV[i])
end
redis.call('PUBLISH', ARGV[4], id)
return {'ok'}
`;

/** KEYS and ARGV of one append of these entries, in the script's order; its index says which lock and lists change. */
export function appendArguments(
  request: Pick<AppendRequest, 'stream' | 'expectedVersion' | 'at' | 'index'>,
  entries: readonly string[],
  keys: Keys,
): readonly string[] {
  const has = (kind: IndexChange['kind']) =>
    request.index.some((change) => change.kind === kind) ? '1' : '';
  const held = request.index.find((change) => change.kind === 'claim' || change.kind === 'release');
  const filed = request.index.find((change) => change.kind === 'file');
  return [
    keys.stream(request.stream),
    keys.outbox,
    keys.open(aggregateOf(request.stream)),
    keys.recent(aggregateOf(request.stream)),
    keys.fence,
    keys.lock(held?.service ?? '-', held?.environment ?? '-'),
    keys.runsOf(filed?.service ?? '-', filed?.environment ?? '-'),
    String(request.expectedVersion),
    request.stream,
    request.at,
    keys.changes,
    has('claim'),
    has('release'),
    has('open'),
    has('close'),
    randomUUID(),
    has('file'),
    ...entries,
  ];
}

/** The script as a command of this connection, which takes KEYS and ARGV in one list. */
export function defineAppend(redis: Redis): (keysAndArguments: readonly string[]) => Promise<unknown> {
  redis.defineCommand('walkbackAppend', { numberOfKeys: 7, lua: APPEND_SCRIPT });
  const { walkbackAppend } = WithAppend.parse({ walkbackAppend: Reflect.get(redis, 'walkbackAppend') });
  return (all) => walkbackAppend.apply(redis, [...all]);
}

/** ioredis adds a defined command to the client at run time, where its types can't see it. */
const WithAppend = z.object({
  walkbackAppend: z.custom<(...args: string[]) => Promise<unknown>>((f) => typeof f === 'function'),
});
