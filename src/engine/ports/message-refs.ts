/** Where a message of ours stands in Slack, and a hash of what it showed when we last wrote it. */
export type MessageRef = {
  readonly channel: string;
  /** Slack's message timestamp; for an uploaded file, the file's id. */
  readonly ts: string;
  readonly contentDigest: string;
};

/**
 * Remembers, by a key such as "RUN-31:card:run", which message is ours, so that it is posted once and then edited.
 * Kept for at least as long as a run can be open. Callers take one key at a time.
 */
export type MessageRefs = {
  readonly get: (key: string) => Promise<MessageRef | undefined>;
  readonly set: (key: string, ref: MessageRef) => Promise<void>;
  /** Notes, before posting, that a message is about to be posted; `at` in ms. Keeps the first time noted. */
  readonly markPosting: (key: string, at: number) => Promise<void>;
  /** When posting was first tried (ms): a crash may have left a message behind since. */
  readonly postingSince: (key: string) => Promise<number | undefined>;
  /** Forgets both the ref and the mark. */
  readonly forget: (key: string) => Promise<void>;
};
