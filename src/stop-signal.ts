import type { RunningPart } from './app.ts';
import type { Log } from './engine/ports/log.ts';

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;
const FORCED_MS = 10_000;

/** For a start: nothing is in hand yet. Returns what ends that. */
export function endAtOnceWhenAsked(): () => void {
  const end = (): never => process.exit(1);
  for (const signal of SIGNALS) process.on(signal, end);
  return () => {
    for (const signal of SIGNALS) process.off(signal, end);
  };
}

/**
 * Resolves at the first SIGTERM or SIGINT, having said what is waited for. A second one ends the steps in hand, which
 * are left to the journal as after a crash; a third one, or where nothing is in hand, ends the process at once.
 */
export function stopSignal(log: Log, parts: readonly RunningPart[]): Promise<void> {
  return new Promise((resolve) => {
    let times = 0;
    const stop = (signal: NodeJS.Signals): void => {
      times += 1;
      const held = parts.flatMap((part) => part.held?.() ?? []);
      if (times > 2 || (times === 2 && held.length === 0)) process.exit(1);
      if (times === 2) {
        log.warn({ signal, held }, 'stopping at once: the steps in hand are ended, and told by the journal');
        for (const part of parts) part.abandon?.();
        setTimeout(() => process.exit(1), FORCED_MS).unref();
        return;
      }
      log.info({ signal, held }, 'stopping: finishing what is in hand; a second signal ends it at once');
      resolve();
    };
    for (const signal of SIGNALS) process.on(signal, stop);
  });
}
