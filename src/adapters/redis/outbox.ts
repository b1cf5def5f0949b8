import { setTimeout as pause } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { type DomainEvent, parseEvent } from '../../domain/events.ts';
import type { Log } from '../../engine/ports/log.ts';
import type { Keys } from './keys.ts';

const GROUP = 'reactions';
const BLOCK_MS = 5_000;
const BATCH = 64;
/** An entry that its consumer has not finished for this long belongs to a dead process. */
const ABANDONED_MS = 10_000;
const PAUSE_AFTER_ERROR_MS = 500;
/** So often an event is tried in its turn; then others go on, and it is taken up again as an abandoned one. */
const TRIES_IN_TURN = 5;

const Entries = z.array(z.tuple([z.string(), z.tuple([z.literal('event'), z.string()]).nullable()]));
const ReadReply = z.array(z.tuple([z.string(), Entries])).nullable();
const ClaimReply = z.tuple([z.string(), Entries]).rest(z.unknown());

export type OutboxConsumer = { readonly stop: () => Promise<void> };

/**
 * Reads every event at least once, shared among all processes, and hands it to `handle`. An event leaves the
 * outbox only after `handle` has succeeded; what a dead process had in hand is taken over.
 */
export function consumeOutbox({
  blocking,
  redis,
  keys,
  consumer,
  handle,
  log,
  abandonedMs = ABANDONED_MS,
}: {
  /** A connection of its own: reads on it block. */
  readonly blocking: Redis;
  readonly redis: Redis;
  readonly keys: Keys;
  readonly consumer: string;
  readonly handle: (event: DomainEvent) => Promise<void>;
  readonly log: Log;
  readonly abandonedMs?: number;
}): OutboxConsumer {
  let stopping = false;

  const handleAll = async (entries: z.infer<typeof Entries>): Promise<void> => {
    for (const [id, fields] of entries) {
      if (fields !== null && !(await handleInTurn(id, fields[1]))) continue;
      await redis.multi().xack(keys.outbox, GROUP, id).xdel(keys.outbox, id).exec();
    }
  };

  const handleInTurn = async (id: string, json: string): Promise<boolean> => {
    for (let tries = 1; tries <= TRIES_IN_TURN && !stopping; tries++) {
      try {
        await handle(parseEvent(JSON.parse(json)));
        return true;
      } catch (error) {
        log.error({ error, entry: id, tries }, 'an event could not be reacted to; will try again');
        await pause(PAUSE_AFTER_ERROR_MS);
      }
    }
    return false;
  };

  const takeOver = async (): Promise<void> => {
    const reply = await redis.xautoclaim(keys.outbox, GROUP, consumer, abandonedMs, '0', 'COUNT', BATCH);
    await handleAll(ClaimReply.parse(reply)[1]);
  };

  const readNew = async (): Promise<void> => {
    const reply = await blocking.xreadgroup(
      'GROUP',
      GROUP,
      consumer,
      'COUNT',
      BATCH,
      'BLOCK',
      Math.min(BLOCK_MS, abandonedMs),
      'STREAMS',
      keys.outbox,
      '>',
    );
    for (const [, entries] of ReadReply.parse(reply) ?? []) await handleAll(entries);
  };

  const loop = async (): Promise<void> => {
    let claimedAt = 0;
    while (!stopping) {
      try {
        if (Date.now() - claimedAt > abandonedMs) {
          await createGroup(redis, keys);
          await takeOver();
          claimedAt = Date.now();
        }
        await readNew();
      } catch (error) {
        if (stopping) return;
        claimedAt = 0;
        log.error({ error }, 'reactions paused; will try again');
        await pause(PAUSE_AFTER_ERROR_MS);
      }
    }
  };

  const running = loop();
  return {
    stop: async () => {
      stopping = true;
      blocking.disconnect();
      await running;
    },
  };
}

async function createGroup(redis: Redis, keys: Keys): Promise<void> {
  try {
    await redis.xgroup('CREATE', keys.outbox, GROUP, '0', 'MKSTREAM');
  } catch (error) {
    if (!(error instanceof Error && error.message.startsWith('BUSYGROUP'))) throw error;
  }
}
