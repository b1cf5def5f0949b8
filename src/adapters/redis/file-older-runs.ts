import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { Keys } from './keys.ts';

const Entries = z.array(z.tuple([z.string(), z.tuple([z.literal('event'), z.string()]).rest(z.string())]));
/** All that is needed of a run's first event, so that one broken elsewhere is filed all the same. */
const Born = z.looseObject({
  payload: z.looseObject({ plan: z.looseObject({ service: z.string(), environment: z.string() }) }),
});

/** Lists the runs from before there was that index under their services, once for good. Doing it twice at once does no harm. */
export async function fileOlderRuns({
  redis,
  keys,
}: {
  readonly redis: Redis;
  readonly keys: Keys;
}): Promise<void> {
  if ((await redis.exists(keys.runsFiled)) === 1) return;
  for (const run of await redis.zrange(keys.recent('run'), 0, '-1')) {
    const [entry] = Entries.parse(await redis.xrange(keys.stream(run), '-', '+', 'COUNT', 1));
    const born = Born.safeParse(entry === undefined ? undefined : JSON.parse(entry[1][1])).data;
    if (born === undefined) continue;
    const { service, environment } = born.payload.plan;
    await redis.zadd(keys.runsOf(service, environment), Number(run.slice(run.lastIndexOf('-') + 1)), run);
  }
  await redis.set(keys.runsFiled, '1');
}
