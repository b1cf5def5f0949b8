type Write = (fields: object, message: string) => void;

/** A structured log: fields and a static message. pino fits. */
export type Log = {
  readonly debug: Write;
  readonly info: Write;
  readonly warn: Write;
  readonly error: Write;
  readonly child: (fields: Record<string, unknown>) => Log;
};
