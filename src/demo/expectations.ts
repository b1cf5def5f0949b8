export type Expectations = {
  /** Tells how it went. Throws when it failed: the story can't go on. */
  readonly must: <Found>(title: string, check: () => Promise<Found>) => Promise<Found>;
  /** Tells how it went, and goes on. */
  readonly should: (title: string, check: () => Promise<unknown>) => Promise<void>;
  /** Titles of those that failed. */
  readonly failed: () => readonly string[];
};

/** Keeps a list of what was expected, telling each as it is seen or missed. A check fails by throwing. */
export function createExpectations(say: (line: string) => void): Expectations {
  const failed: string[] = [];
  const must: Expectations['must'] = async (title, check) => {
    try {
      const found = await check();
      say(`  ok      ${title}`);
      return found;
    } catch (error) {
      failed.push(title);
      say(`  FAILED  ${title}: ${error instanceof Error ? error.message : String(error)}`);
      throw new StoryEnded(title, { cause: error });
    }
  };
  return {
    must,
    should: async (title, check) => {
      await must(title, check).catch((error: unknown) => {
        if (!(error instanceof StoryEnded)) throw error;
      });
    },
    failed: () => failed,
  };
}

/** An expectation failed, and has been told. */
export class StoryEnded extends Error {
  override readonly name = 'StoryEnded';
}

/** Throws what was found when it is not what was expected. */
export function expectEqual(found: unknown, expected: unknown, what: string): void {
  if (found !== expected) throw new Error(`${what} is ${String(found)}, expected ${String(expected)}`);
}
