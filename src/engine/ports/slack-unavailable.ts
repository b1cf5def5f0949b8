/** Slack can't take a message just now: limited, unreachable, or our token is refused. Nothing is lost; try again later. */
export class SlackUnavailable extends Error {
  override readonly name = 'SlackUnavailable';
  /** How long to leave Slack alone, in ms. */
  readonly retryAfterMs: number;
  constructor(why: string, retryAfterMs: number, options?: ErrorOptions) {
    super(why, options);
    this.retryAfterMs = retryAfterMs;
  }
}
