/**
 * Which sessions of workers are alive, as the journal names them. A session that merely lost its lock, as after an
 * outage of Redis, still has its step in hand; one whose process died, or that broke off with an error, has not.
 */
export type Presence = {
  /** Does the work, and gives a sign of life for the session until it is over, however it ends. */
  readonly during: <Result>(session: string, work: () => Promise<Result>) => Promise<Result>;
  readonly isAlive: (session: string) => Promise<boolean>;
};
