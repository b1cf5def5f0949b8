import pino from 'pino';
import type { Log } from '../../engine/ports/log.ts';

/** The process's log: JSON lines on standard output, secrets redacted where text leaves the process. */
export function createLog({
  level,
  redact,
}: {
  readonly level: string;
  readonly redact: (text: string) => string;
}): Log {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { error: pino.stdSerializers.err },
    hooks: { streamWrite: redact },
  });
}
