/** The text of a mention without the mention, and without the word "rollback" that may lead it; undefined for other words. */
export function parseMention(text: string): string | undefined {
  // Only what stands before the words: people mentioned in a reason belong to it.
  const words = text.replace(/^(\s*<@[A-Z0-9]+(\|[^>]*)?>)+/, '').trim();
  const match = /^\/?rollback\b\s*(.*)$/is.exec(words);
  if (match) return match[1] ?? '';
  return /^(help)?$/i.test(words) ? 'help' : undefined;
}
