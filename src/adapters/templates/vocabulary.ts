import Handlebars from 'handlebars';
import { formatDuration } from '../../domain/duration.ts';
import { codeMrkdwn, escapeMrkdwn, lineMrkdwn, quoteMrkdwn } from './mrkdwn.ts';

type Word = { readonly arguments: number; readonly run: (...given: readonly unknown[]) => unknown };

const USER = /^[UW][A-Z0-9]+$/;
const GROUP = /^S[A-Z0-9]+$/;
const CHANNEL = /^[CG][A-Z0-9]+$/;
const LINE = 200;

const MARKS: Readonly<Record<string, string>> = {
  succeeded: ':white_check_mark:',
  failed: ':x:',
  interrupted: ':x:',
  running: ':hourglass_flowing_sand:',
  waiting: ':hourglass_flowing_sand:',
};

const PHRASES: Readonly<Record<string, string>> = {
  succeeded: 'done',
  interrupted: 'interrupted, nobody knows how far it came',
  pending: 'did not run',
  awaiting_approval: 'awaiting approval',
};

/**
 * The helpers a template may use beside each, if, unless and with. What is Slack's own markup is built here,
 * from ids that are checked; anything else comes out as text.
 */
export const vocabulary: Readonly<Record<string, Word>> = {
  /** A user, or everybody in a user group. */
  mention: { arguments: 1, run: (id) => mention(asText(id)) },
  channel: {
    arguments: 1,
    run: (id) => (CHANNEL.test(asText(id)) ? markup(`<#${asText(id)}>`) : asText(id)),
  },
  /** An instant in each reader's own time zone, with its day; `time` is without. */
  date: { arguments: 1, run: (iso) => instant(asText(iso), '{date_short_pretty} {time}') },
  time: { arguments: 1, run: (iso) => instant(asText(iso), '{time}') },
  duration: { arguments: 1, run: (milliseconds) => formatDuration(Number(milliseconds)) },
  quote: { arguments: 1, run: (text) => markup(quoteMrkdwn(asText(text))) },
  line: { arguments: 1, run: (text) => markup(lineMrkdwn(asText(text), LINE)) },
  code: { arguments: 1, run: (text) => markup(codeMrkdwn(asText(text))) },
  /** The first seven digits of a commit hash. */
  short: { arguments: 1, run: (hash) => asText(hash).slice(0, 7) },
  /** {{plural 2 "commit" "commits"}} is "2 commits". */
  plural: {
    arguments: 3,
    run: (count, one, many) => `${Number(count)} ${asText(Number(count) === 1 ? one : many)}`,
  },
  join: {
    arguments: 2,
    run: (list, between) =>
      markup(
        asList(list)
          .map((part) => lineMrkdwn(part, LINE))
          .join(escapeMrkdwn(asText(between))),
      ),
  },
  /** A status as a small picture. */
  mark: { arguments: 1, run: (status) => MARKS[asText(status)] ?? ':heavy_minus_sign:' },
  /** A status in words. */
  words: { arguments: 1, run: (status) => PHRASES[asText(status)] ?? asText(status) },
  eq: { arguments: 2, run: (a, b) => a === b },
};

function mention(id: string): unknown {
  if (GROUP.test(id)) return markup(`<!subteam^${id}>`);
  return USER.test(id) ? markup(`<@${id}>`) : id;
}

function instant(iso: string, format: string): unknown {
  const milliseconds = Date.parse(iso);
  if (Number.isNaN(milliseconds)) return iso;
  const fallback = `${new Date(milliseconds).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return markup(`<!date^${Math.floor(milliseconds / 1_000)}^${format}|${fallback}>`);
}

const markup = (text: string) => new Handlebars.SafeString(text);
const asText = (value: unknown): string => (value === undefined || value === null ? '' : String(value));
const asList = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(asText) : []);
