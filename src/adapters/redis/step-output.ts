import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { StepKey, StepOutput } from '../../engine/ports/step-output.ts';
import type { Keys } from './keys.ts';

const MAX_BYTES = 1_000_000;
const TAIL_BYTES = 16_384;
const KEEP_SECONDS = 7 * 24 * 3600;
const Mark = z.strictObject({ host: z.string(), pid: z.number(), startedAt: z.string() });

/** Output as one Redis string a step attempt, cut at 1 MB, kept for a week. */
export function createRedisStepOutput({
  redis,
  keys,
}: {
  readonly redis: Redis;
  readonly keys: Keys;
}): StepOutput {
  const output = ({ run, step, attempt }: StepKey) => keys.output(run, step, attempt);
  /** The last bytes of a text, without what is left of a character that the cut went through. */
  const endOf = async (name: string, bytes: number) =>
    (await redis.getrange(name, -bytes, -1)).replace(/^\uFFFD+/, '');
  const process = ({ run, step, attempt }: StepKey) => keys.process(run, step, attempt);

  return {
    append: async (key, text) => {
      const length = await redis.append(output(key), text);
      if (length > MAX_BYTES)
        await redis.set(output(key), `… (cut)\n${await endOf(output(key), MAX_BYTES / 2)}`);
      await redis.expire(output(key), KEEP_SECONDS);
    },
    tail: async (key, lines) => lastLines(await endOf(output(key), TAIL_BYTES), lines),
    all: async (key) => (await redis.get(output(key))) ?? '',
    markProcess: async (key, mark) => {
      await redis.set(process(key), JSON.stringify(mark), 'EX', KEEP_SECONDS);
    },
    processOf: async (key) => {
      const stored = await redis.get(process(key));
      return stored === null ? undefined : Mark.parse(JSON.parse(stored));
    },
  };
}

const lastLines = (text: string, lines: number): string =>
  text.trimEnd().split('\n').slice(-lines).join('\n');
