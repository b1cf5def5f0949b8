import { setTimeout as wait } from 'node:timers/promises';

/** What came of asking, and how long that may be given as the answer. No answer: it could not be asked. */
export type Asked<Answer> = { readonly answer: Answer | undefined; readonly keepMs: number };

/**
 * Answers by id, each asked for once and then kept for its time; undefined where there is none. Whoever asks while
 * the question is under way gets that answer too. Nobody waits longer than `patienceMs`, but what comes later is kept.
 */
export function createRememberedAnswers<Answer>({
  ask,
  now,
  patienceMs,
}: {
  readonly ask: (id: string) => Promise<Asked<Answer>>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly patienceMs: number;
}): (id: string) => Promise<Answer | undefined> {
  const kept = new Map<string, { readonly answer: Answer | undefined; readonly until: number }>();
  const underWay = new Map<string, Promise<Answer | undefined>>();

  const askAnew = async (id: string): Promise<Answer | undefined> => {
    const askedAt = now();
    const { answer, keepMs } = await ask(id);
    kept.set(id, { answer, until: askedAt + keepMs });
    return answer;
  };

  return async (id) => {
    const known = kept.get(id);
    if (known !== undefined && now() < known.until) return known.answer;
    const asking = underWay.get(id) ?? askAnew(id).finally(() => underWay.delete(id));
    underWay.set(id, asking);
    return within(patienceMs, asking);
  };
}

async function within<Answer>(
  milliseconds: number,
  work: Promise<Answer | undefined>,
): Promise<Answer | undefined> {
  const done = new AbortController();
  try {
    return await Promise.race([work, wait(milliseconds, undefined, { signal: done.signal })]);
  } finally {
    done.abort();
  }
}
