const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&' };

/** Nobody sees these. Those that join letters and pictures stay. */
const UNSEEN = /[\u00ad\u061c\u200b\u200e\u200f\u2060-\u2064\ufeff]/g;
/** Spaces that don't look any different, such as one that doesn't break a line. */
const SPACES = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g;

/**
 * A text as Slack gives it (a message, a command, a mention) as people see it: characters that it escapes as they are,
 * links by their label, and people, groups, channels and dates by what is read in them. It is foreign text like any
 * other: drawn again, it pings nobody.
 */
export const plainText = (mrkdwn: string): string => seenText(markedText(mrkdwn));

/** Text without markup, such as that of a rich text, as people see it. */
export const seenText = (text: string): string => text.replace(UNSEEN, '').replace(SPACES, ' ').trim();

/**
 * What somebody typed after a command or the bot's name. Pictures at either end (":pray:") are no words, nor are marks
 * around all of it that make it bold or code.
 */
export const typedText = (mrkdwn: string): string => undecorated(plainText(mrkdwn));

/** The same of plain text, such as what follows a command. */
export const undecorated = (text: string): string =>
  text
    .replace(PICTURES_FIRST, '')
    .replace(PICTURES_LAST, '')
    .replace(/^([*_~`]+)([^*_~`]*)\1$/s, '$2')
    .trim();

const PICTURE = String.raw`(?::(?![\d:]+:)[\w+'-]+:(?::skin-tone-\d:)?|\p{Extended_Pictographic}[\p{Emoji_Modifier}\ufe0f\u200d\p{Extended_Pictographic}]*)`;
const PICTURES_FIRST = new RegExp(String.raw`^(?:${PICTURE}(?:\s+|$))+`, 'u');
const PICTURES_LAST = new RegExp(String.raw`(?:(?:^|\s)\s{0,3}${PICTURE})+$`, 'u');

// One pass, so that an escape which was typed as such stays what it is.
const markedText = (mrkdwn: string): string =>
  mrkdwn.replace(/<([^<>]*)>|&(lt|gt|amp);/g, (_whole, marked?: string, entity?: string) =>
    marked === undefined ? (ENTITIES[entity ?? ''] ?? '') : entities(wrapped(marked)),
  );

const entities = (text: string): string =>
  text.replace(/&(lt|gt|amp);/g, (_whole, entity: string) => ENTITIES[entity] ?? '');

/** What stands between < and >: an address or an id, and often a label. */
function wrapped(marked: string): string {
  const [what = '', ...rest] = marked.split('|');
  const label = rest.join('|');
  const [, sign = '', name = ''] = /^([@#!]?)(.*)$/s.exec(what) ?? [];
  if (sign === '@' || sign === '#')
    return label === '' ? `${sign}${name}` : `${sign}${label.replace(/^[@#]/, '')}`;
  if (sign === '!') return special(name, label);
  return label === '' ? name.replace(/^(mailto|tel):/, '') : label;
}

/** <!here>, <!subteam^S1|@seniors>, <!date^...|otherwise> */
function special(name: string, label: string): string {
  const [kind = '', id = ''] = name.split('^');
  if (kind === 'date') return label;
  if (label !== '')
    return kind === 'subteam' || BROADCAST.includes(kind) ? `@${label.replace(/^@/, '')}` : label;
  return `@${kind === 'subteam' ? id : kind}`;
}

const BROADCAST = ['here', 'channel', 'everyone'];

/** The first line that says more than names, without marks that make it bold and pictures around it, for a title. */
export const firstLine = (text: string): string =>
  text
    .split('\n')
    .map((line) =>
      undecorated(
        line
          .trim()
          .slice(0, LONGEST_LINE)
          .replace(/^[>•\s]+/, '')
          .replace(EMPHASIS, '$2'),
      ),
    )
    .find((line) => line !== '' && !ONLY_NAMES.test(line)) ?? '';

const ONLY_NAMES = /^(?:[@#][\w.-]+[\s,:]*)+$/;

const LONGEST_LINE = 500;
const EMPHASIS = /(?<![\w*_~`])([*_~`]{1,3})(?=\S)(.+?)(?<=\S)\1(?![\w*_~`])/g;
