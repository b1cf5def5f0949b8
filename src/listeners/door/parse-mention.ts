/** What a mention of the bot is about, and the words after that. */
export type Mention = { readonly about: 'rollback' | 'incident'; readonly text: string };

/** The command in a mention: "rollback ..." or "incident ...", or help with rollbacks; undefined for other words. */
export function parseMention(text: string): Mention | undefined {
  // Only what stands before the words: people mentioned in a reason belong to it.
  const words = text.replace(/^(\s*<@[A-Z0-9]+(\|[^>]*)?>)+/, '').trim();
  const match = /^\/?(rollback|incident)\b\s*(.*)$/is.exec(words);
  if (match) {
    const about = match[1]?.toLowerCase() === 'incident' ? 'incident' : 'rollback';
    return { about, text: match[2] ?? '' };
  }
  return /^(help)?$/i.test(words) ? { about: 'rollback', text: 'help' } : undefined;
}
