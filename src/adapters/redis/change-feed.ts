import type { Redis } from 'ioredis';
import type { ChangeFeed } from '../../engine/ports/event-store.ts';
import type { Keys } from './keys.ts';

/** Hears of appends by Redis pub/sub, on a connection of its own. After a reconnect everybody is called once. */
export async function createRedisChangeFeed({
  subscriber,
  keys,
}: {
  readonly subscriber: Redis;
  readonly keys: Keys;
}): Promise<ChangeFeed> {
  const watchers = new Map<string, Set<() => void>>();
  const call = (stream: string) => {
    for (const onChange of watchers.get(stream) ?? []) onChange();
  };
  subscriber.on('message', (_channel, stream: string) => call(stream));
  subscriber.on('ready', () => {
    // Asked first, so that a change between the two is not missed; fails only when the connection is gone again.
    const callEverybody = () => [...watchers.keys()].forEach(call);
    subscriber.subscribe(keys.changes).then(callEverybody, () => undefined);
  });
  await subscriber.subscribe(keys.changes);

  return {
    watch: (stream, onChange) => {
      const callbacks = watchers.get(stream) ?? new Set();
      callbacks.add(onChange);
      watchers.set(stream, callbacks);
      return () => {
        callbacks.delete(onChange);
        if (callbacks.size === 0) watchers.delete(stream);
      };
    },
  };
}
