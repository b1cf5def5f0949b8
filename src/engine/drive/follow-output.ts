import type { Clock } from '../ports/clock.ts';
import type { FollowOnQueue } from '../ports/follow-on-queue.ts';
import type { StepKey, StepOutput } from '../ports/step-output.ts';

const FLUSH_MS = 250;
const SHOW_ELAPSED_MS = 5_000;

/** Gathers a step's output, stores it four times a second, and has the run card follow it. */
export function followOutput(
  {
    output,
    queue,
    clock,
  }: { readonly output: StepOutput; readonly queue: FollowOnQueue; readonly clock: Clock },
  key: StepKey,
) {
  let pending = '';
  let said = false;
  let stored = Promise.resolve();
  let shownAt = clock.now();

  const showCard = () => {
    shownAt = clock.now();
    return queue.add({ kind: 'card', card: 'run', run: key.run }, `${key.run}-${key.step}-${shownAt}`);
  };
  const flush = () => {
    const text = pending;
    pending = '';
    const due = clock.now() - shownAt >= SHOW_ELAPSED_MS;
    if (text === '' && !due) return stored;
    stored = stored.then(async () => {
      if (text !== '') await output.append(key, text);
      await showCard();
    });
    return stored;
  };
  // What goes wrong here is thrown by the last flush, which somebody awaits.
  const timer = setInterval(() => void flush().catch(() => undefined), FLUSH_MS);

  return {
    say: (text: string) => {
      said = true;
      pending += text;
    },
    /** Stores what is left, and returns the last lines of everything that was said. */
    tail: async (lines: number) => {
      clearInterval(timer);
      await flush();
      return said ? output.tail(key, lines) : '';
    },
    stop: () => clearInterval(timer),
  };
}
