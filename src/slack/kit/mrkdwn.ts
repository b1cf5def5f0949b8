import type { Part, Text } from '../../words/text.ts';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const ZERO_WIDTH_SPACE = '\u200b';

/**
 * A text as Slack reads it. Mentions, channels, dates, links and code are written here and nowhere else: whatever
 * was typed can ping nobody, link nowhere and begin no code block.
 */
export const drawMrkdwn = (text: Text): string => withoutFences(text.map(drawPart).join(''));

function drawPart(part: Part): string {
  switch (part.kind) {
    case 'ours':
    case 'foreign':
      return entities(part.text);
    case 'person':
      return `<@${part.id}>`;
    case 'group':
      return `<!subteam^${part.id}>`;
    case 'channel':
      return `<#${part.id}>`;
    case 'instant':
      return drawInstant(part);
    case 'code':
      // With nothing inside, two of these marks would begin a block together with the next.
      return `\`${entities(part.text.replaceAll('`', 'ˋ')) || ' '}\``;
    case 'strong':
      return `*${drawMrkdwn(part.text)}*`;
    case 'link':
      return `<${entities(part.url)}|${entities(part.label)}>`;
    case 'quotation':
      return part.text
        .split('\n')
        .map((line) => `> ${entities(line)}`.trimEnd())
        .join('\n');
    case 'picture':
      return `:${part.name}:`;
  }
}

/** In each reader's own time zone; UTC where a client can't do that. */
function drawInstant({ at, style }: Extract<Part, { kind: 'instant' }>): string {
  const format = style === 'time' ? '{time}' : '{date_short_pretty} {time}';
  const otherwise = `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return `<!date^${Math.floor(at / 1_000)}^${format}|${otherwise}>`;
}

/** Slack's three characters, which are all that can make a mention or a link. */
const entities = (text: string): string =>
  text.replace(/[&<>]/g, (character) => ENTITIES[character] ?? character);

const withoutFences = (mrkdwn: string): string =>
  mrkdwn.replace(/`{3,}/g, (ticks) => [...ticks].join(ZERO_WIDTH_SPACE));
