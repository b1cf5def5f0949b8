/**
 * Which workers are alive, by the session that the journal names. A worker that merely lost its lock, as after an
 * outage of Redis, still has its step in hand; one that died has not.
 */
export type Presence = { readonly isAlive: (driver: string) => Promise<boolean> };

/** Names a session of a worker, in the journal, so that the worker can be told from it. */
export const driverOf = (worker: string, session: string): string => `${worker}/${session}`;
export const workerOf = (driver: string): string => driver.split('/')[0] ?? driver;
