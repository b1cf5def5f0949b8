const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
/** Control characters but tab and newline, and those that turn the direction of text around. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach a reader
const DECEIVING = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;
const ZERO_WIDTH_SPACE = '\u200b';
const QUOTED_CHARACTERS = 1_000;
const QUOTED_LINES = 20;

/** Slack's three characters, which are all that can make a mention or a link; nothing else is touched. */
export const escapeMrkdwn = (text: string): string =>
  text.replace(/[&<>]/g, (character) => ENTITIES[character] ?? character);

/** Typed text as lines that each begin with ">", escaped, at most 1,000 characters and 20 lines of it. */
export function quoteMrkdwn(text: string): string {
  const clean = defuse(text).trim();
  const cut = shorten(clean, QUOTED_CHARACTERS);
  const lines = cut.split('\n');
  const shown = lines.length > QUOTED_LINES ? [...lines.slice(0, QUOTED_LINES - 1), '…'] : lines;
  return shown.map((line) => `> ${escapeMrkdwn(line)}`.trimEnd()).join('\n');
}

/** Typed text on one line, escaped, at most `limit` characters of it. */
export const lineMrkdwn = (text: string, limit: number): string =>
  escapeMrkdwn(shorten(defuse(text).replace(/\s+/g, ' ').trim(), limit));

/** Typed text as `code`; it can't end the code. */
export const codeMrkdwn = (text: string): string => `\`${lineMrkdwn(text.replaceAll('`', 'ˋ'), 200)}\``;

/** Line ends made alike, deceiving characters made visible, and no fence that would swallow what follows. */
const defuse = (text: string): string =>
  text
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(DECEIVING, '\ufffd')
    .replace(/`{3,}/g, (ticks) => [...ticks].join(ZERO_WIDTH_SPACE));

function shorten(text: string, limit: number): string {
  const characters = Array.from(text);
  return characters.length <= limit ? text : `${characters.slice(0, limit - 1).join('')}…`;
}
