import type { SlackDelivery } from './slack-delivery.ts';

const DATE = /<!date\^(\d+)\^([^|>"]*)\|([^>"]*)>/g;
const CODE_FENCE = /```(\\n)?/g;

/** Writes dates as their UTC text and code without fences, for a Slack that draws neither, as the try-out's. */
export const withPlainMarkup = (delivery: SlackDelivery): SlackDelivery => ({
  ...delivery,
  postOnce: (item) => delivery.postOnce({ ...item, message: plain(item.message) }),
  reconcileCard: (item) => delivery.reconcileCard({ ...item, message: plain(item.message) }),
});

/** The same for whatever is said with a Web API client: modals, homes, answers. */
export const withPlainArguments = <Client extends object>(client: Client): Client =>
  new Proxy(client, {
    get: (target, name) => {
      const part: unknown = Reflect.get(target, name);
      if (typeof part === 'function')
        return (...given: readonly unknown[]): unknown => Reflect.apply(part, target, given.map(plain));
      return typeof part === 'object' && part !== null ? withPlainArguments(part) : part;
    },
  });

/** Markup stands within texts, so replacing it in the JSON leaves that whole. */
export function plain<Said>(said: Said): Said {
  if (typeof said !== 'object' || said === null) return said;
  const json = JSON.stringify(said);
  // Most of what is said has neither: no need to make it anew.
  if (!json.includes('<!date^') && !json.includes('```')) return said;
  return JSON.parse(json.replace(DATE, dateText).replace(CODE_FENCE, ''));
}

/** Where only the time is asked for, the date would be noise. */
const dateText = (_: string, seconds: string, format: string, text: string): string =>
  format === '{time}' ? `${new Date(Number(seconds) * 1_000).toISOString().slice(11, 16)} UTC` : text;
