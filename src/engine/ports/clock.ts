/** The time, passed in so that tests own it. */
export type Clock = {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
};

/** An instant as events store it: ISO 8601 in UTC with milliseconds. */
export const toIso = (milliseconds: number): string => new Date(milliseconds).toISOString();
