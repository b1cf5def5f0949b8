import type { Log } from '../../src/engine/ports/log.ts';

const nothing = (): void => undefined;

/** A log that nobody reads. */
export const quietLog: Log = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  child: () => quietLog,
};
