/** What a mention of the bot is about, and the words after that. */
export type Mention<About> = { readonly about: About; readonly text: string };

/**
 * The command in a mention, of those that there are: "rollback ...", "incident ..."; words for nothing, or help alone, is
 * help with the first. Undefined for other words.
 */
export function parseMention<About extends { readonly name: string }>(
  text: string,
  commands: readonly [About, ...About[]],
): Mention<About> | undefined {
  // Only what stands before the words: people mentioned in a reason belong to it.
  const words = text.replace(/^(\s*<@[A-Z0-9]+(\|[^>]*)?>)+/, '').trim();
  const [, typed = '', rest = ''] = /^\/?(\w+)\b\s*(.*)$/is.exec(words) ?? [];
  const about = commands.find(({ name }) => name === typed.toLowerCase());
  if (about !== undefined) return { about, text: rest };
  return /^(help)?$/i.test(words) ? { about: commands[0], text: 'help' } : undefined;
}
