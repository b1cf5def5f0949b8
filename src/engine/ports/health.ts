/** One thing that `walkback doctor` looked at. A `note` tells what could not be looked at, and why that is no fault. */
export type HealthFinding = {
  readonly level: 'ok' | 'note' | 'warning' | 'problem';
  readonly what: string;
  /** What to do about it. */
  readonly todo?: string;
};

/** A part of a live set-up to look at. May throw: that is a problem of this part alone. */
export type HealthCheck = {
  readonly title: string;
  /** `signal` aborts when the time for looking is over. */
  readonly run: (signal: AbortSignal) => Promise<readonly HealthFinding[]>;
};
