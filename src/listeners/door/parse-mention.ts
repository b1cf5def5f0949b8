import { unquoted } from '../../domain/typed-name.ts';
import { typedText, undecorated } from '../../slack/kit/plain-text.ts';
import { isHelp } from './answer-text.ts';

/** What a mention of the bot is about, and the words after that. */
export type Mention<About> = { readonly about: About; readonly text: string };

/**
 * The command in a mention, of those that there are: "rollback ...", "incident ...", after the bot's name wherever that
 * stands, else before it; words for nothing, or help alone, is help with the first. Undefined for other words. `text` is
 * in mrkdwn, what comes of it is plain.
 */
export function parseMention<About extends { readonly name: string }>(
  text: string,
  commands: readonly [About, ...About[]],
  botUserId?: string,
): Mention<About> | undefined {
  const { before, after } = aroundName(text, botUserId);
  const said = [after, before].map((part) => unquoted(typedText(part)));
  for (const words of said) {
    const [, typed = '', rest = ''] = /^\/?(\w+)(?![\w-])[:,;.!–—]?\s*(.*)$/is.exec(words) ?? [];
    const about = commands.find(({ name }) => name === typed.toLowerCase());
    if (about !== undefined) return { about, text: undecorated(rest) };
  }
  const [words = ''] = said.filter((part) => part !== '');
  return words === '' || isHelp(words) ? { about: commands[0], text: 'help' } : undefined;
}

/** What stands before and after the bot's name; without it, after the names that a message begins with. */
function aroundName(text: string, botUserId = ''): { readonly before: string; readonly after: string } {
  const named = new RegExp(`<@${botUserId === '' ? '[A-Z0-9]+' : botUserId}(?:\\|[^>]*)?>[:,;.!–—-]*`);
  const found = named.exec(text);
  if (found === null) return { before: '', after: text };
  const after = text.slice(found.index + found[0].length).replace(NAMES_FIRST, '');
  return { before: text.slice(0, found.index), after };
}

/** Other people who are addressed as well; those who are named further on belong to what is said. */
const NAMES_FIRST = /^(\s*<@[A-Z0-9]+(\|[^>]*)?>[:,]?)+/;
