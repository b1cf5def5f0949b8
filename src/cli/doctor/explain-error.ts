const MOST_CAUSES = 5;

/** What went wrong, in one line: the message, and those of its causes that say something else. */
export function explainError(error: unknown): string {
  const messages = chain(error, MOST_CAUSES)
    .map(messageOf)
    .filter((message) => message !== '');
  const [first = 'unknown error', ...others] = messages;
  return others.reduce((text, message) => (text.includes(message) ? text : `${text}: ${message}`), first);
}

function chain(error: unknown, left: number): readonly unknown[] {
  if (left === 0 || error === undefined) return [];
  return [error, ...chain(error instanceof Error ? error.cause : undefined, left - 1)];
}

/** An address with several IPs fails with an AggregateError, whose own message is empty. */
function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return messageOf(error.errors[0]);
  return error instanceof Error ? error.message || error.name : String(error);
}
