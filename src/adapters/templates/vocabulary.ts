import { formatDuration } from '../../domain/duration.ts';
import { channel, code, instant, line, person, picture, quotation, report } from '../../words/parts.ts';
import { statusSign } from '../../words/signs.ts';
import { joined, type Text } from '../../words/text.ts';

/** What a helper makes: a text to be drawn, plain text that is foreign as any, or an answer to a question. */
type Said = Text | string | boolean;
type Word = { readonly arguments: number; readonly say: (...given: readonly unknown[]) => Said };

const LINE = 200;

const PHRASES: ReadonlyMap<string, string> = new Map([
  ['succeeded', 'done'],
  ['unproven', 'ended, not proven'],
  ['interrupted', 'interrupted, nobody knows how far it came'],
  ['pending', 'did not run'],
  ['awaiting_approval', 'awaiting approval'],
]);

/** The helpers a template may use beside each, if, unless and with. What they make is drawn by whoever renders. */
export const vocabulary: Readonly<Record<string, Word>> = {
  /** A user, or everybody in a user group. */
  mention: { arguments: 1, say: (id) => person(asText(id)) },
  channel: { arguments: 1, say: (id) => channel(asText(id)) },
  /** An instant in each reader's own time zone, with its day; `time` is without. */
  date: { arguments: 1, say: (iso) => instant(asText(iso)) },
  time: { arguments: 1, say: (iso) => instant(asText(iso), 'time') },
  duration: { arguments: 1, say: (milliseconds) => formatDuration(Number(milliseconds)) },
  quote: { arguments: 1, say: (text) => quotation(asText(text)) },
  line: { arguments: 1, say: (text) => report(asText(text), LINE) },
  code: { arguments: 1, say: (text) => code(asText(text)) },
  /** The first seven digits of a commit hash. */
  short: { arguments: 1, say: (hash) => asText(hash).slice(0, 7) },
  /** {{plural 2 "commit" "commits"}} is "2 commits". */
  plural: {
    arguments: 3,
    say: (count, one, many) => `${Number(count)} ${asText(Number(count) === 1 ? one : many)}`,
  },
  join: {
    arguments: 2,
    say: (list, between) =>
      joined(
        asList(list).map((each) => line(each, LINE)),
        asText(between),
      ),
  },
  /** A status as a small picture. */
  mark: { arguments: 1, say: (status) => picture(statusSign(asText(status))) },
  /** A status in words. */
  words: { arguments: 1, say: (status) => PHRASES.get(asText(status)) ?? asText(status) },
  eq: { arguments: 2, say: (a, b) => a === b },
};

const asText = (value: unknown): string => (value === undefined || value === null ? '' : String(value));
const asList = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(asText) : []);
