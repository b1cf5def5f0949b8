const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&' };

/**
 * A text as Slack gives it (a message, a command, a mention) as people see it: characters that it escapes as they are,
 * links by their label, and people, groups, channels and dates by what is read in them. It is foreign text like any
 * other: drawn again, it pings nobody.
 */
export const plainText = (mrkdwn: string): string => markedText(mrkdwn).trim();

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

/** The first line that says something, for a title. */
export const firstLine = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trim())
    .find((line) => line !== '') ?? '';
