import { FoldedButton, parseButton } from '../slack/kit/button-values.ts';
import type { SlackHome, SlackMessage, SlackView } from './slack-frames.ts';
import { watchSlack } from './slack-watch.ts';

const PATIENCE_MS = 15_000;

/** What a field of a modal is filled with: text, the chosen value, or the ticked values. */
type Answer =
  | { readonly text: string }
  | { readonly chosen: string }
  | { readonly ticked: readonly string[] };

type Patience = { readonly timeoutMs?: number };

/** How a submitted modal was taken: by block what is wrong with it, or which modal is on top now, if any. */
type Submission =
  | { readonly kind: 'errors'; readonly errors: Readonly<Record<string, string>> }
  | { readonly kind: 'accepted'; readonly view: SlackView | undefined };

/** A user of a local Slack. */
export type SlackPerson = {
  readonly id: string;
  /** Waits until the app has its connection: before that, what is done in Slack reaches nobody. */
  readonly waitForApp: (appId: string, patience?: Patience) => Promise<void>;
  /** Types a slash command such as "/rollback shop". */
  readonly command: (line: string, channel: string) => Promise<void>;
  readonly say: (text: string, channel: string, thread?: string) => Promise<void>;
  /** The topmost modal, as soon as there is one that `predicate` accepts. */
  readonly waitForView: (predicate: (view: SlackView) => boolean, patience?: Patience) => Promise<SlackView>;
  /** Submits the topmost modal; `answers` by block, whose one element has the action id "value". */
  readonly submitView: (answers: Readonly<Record<string, Answer>>) => Promise<Submission>;
  /** Closes every modal. */
  readonly closeViews: () => Promise<void>;
  /** Presses the button of that action id in a message. Throws when the message has none. */
  readonly press: (message: SlackMessage, actionId: string) => void;
  /** Puts an emoji on a message. */
  readonly react: (message: SlackMessage, emoji: string) => Promise<void>;
  /** Opens the App Home of the workspace's app. */
  readonly openHome: () => Promise<void>;
  /** Their App Home, as soon as one is published that `predicate` accepts. */
  readonly waitForHome: (predicate: (home: SlackHome) => boolean) => Promise<SlackHome>;
  /** What this person sees in a channel and its threads, oldest first. */
  readonly messages: (channel: string) => readonly SlackMessage[];
  /** The first message that `predicate` accepts, of those there are or come or are edited. */
  readonly waitForMessage: (
    channel: string,
    predicate: (message: SlackMessage) => boolean,
    patience?: Patience & { readonly what?: string },
  ) => Promise<SlackMessage>;
  readonly close: () => void;
};

/** Acts in the local Slack at `url` as one of its users, and sees what that user sees. */
export async function createPerson({
  url,
  userId,
}: {
  readonly url: string;
  readonly userId: string;
}): Promise<SlackPerson> {
  const watch = await watchSlack(url);
  const messages = (channel: string): readonly SlackMessage[] =>
    (watch.scene().messages.get(channel) ?? []).filter(
      ({ ephemeral_to }) => ephemeral_to === undefined || ephemeral_to === userId,
    );
  const control = async (path: string, body: object): Promise<void> => {
    const response = await fetch(`${url}/_control/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...body, user: userId }),
    });
    if (!response.ok) throw new Error(`the local Slack refused ${path}: ${await response.text()}`);
  };
  return {
    id: userId,
    waitForApp: async (appId, { timeoutMs = PATIENCE_MS } = {}) => {
      const what = `${appId} to connect`;
      await watch.waitFor(({ connected }) => connected.has(appId) || undefined, { what, timeoutMs });
    },
    command: (line, channel) => {
      const [command, ...words] = line.split(' ');
      return control('command', { channel, command, text: words.join(' ') });
    },
    say: (text, channel, thread) => control('message', { channel, text, thread_ts: thread }),
    waitForView: (predicate, { timeoutMs = PATIENCE_MS } = {}) =>
      watch.waitFor(({ views }) => views.slice(-1).find(predicate), { what: 'a modal', timeoutMs }),
    submitView: (answers) => {
      const { viewChanges } = watch.scene();
      watch.send({ t: 'view_submit', user: userId, values: fieldValues(answers) });
      return watch.waitFor(
        (scene): Submission | undefined => {
          if (scene.viewChanges === viewChanges) return undefined;
          return scene.viewErrors === undefined
            ? { kind: 'accepted', view: scene.views.at(-1) }
            : { kind: 'errors', errors: scene.viewErrors };
        },
        { what: 'an answer to the modal', timeoutMs: PATIENCE_MS },
      );
    },
    closeViews: async () => {
      watch.send({ t: 'view_close', user: userId });
      const what = 'the modals to close';
      await watch.waitFor(({ views }) => views.length === 0 || undefined, { what, timeoutMs: PATIENCE_MS });
    },
    press: (message, actionId) => {
      const action = findButton(message, actionId);
      watch.send({
        t: 'block_action',
        channel: message.channel,
        messageTs: message.ts,
        user: userId,
        action,
      });
    },
    react: (message, emoji) =>
      control('reaction', { channel: message.channel, ts: message.ts, name: emoji, present: true }),
    openHome: () => control('open-home', {}),
    waitForHome: (predicate) =>
      watch.waitFor(({ homes }) => [homes.get(userId)].find((home) => home && predicate(home)), {
        what: `the App Home of ${userId}`,
        timeoutMs: PATIENCE_MS,
      }),
    messages,
    waitForMessage: (channel, predicate, { timeoutMs = PATIENCE_MS, what = 'a message' } = {}) =>
      watch.waitFor(() => messages(channel).find(predicate), { what: `${what} in ${channel}`, timeoutMs }),
    close: watch.close,
  };
}

/** Everything that can be read in a message: its text and the texts of its blocks. */
export const readMessage = ({ text, blocks }: SlackMessage): string => [text, ...textsIn(blocks)].join('\n');

export const hasButton = (message: SlackMessage, actionId: string): boolean =>
  buttonIn(message, actionId) !== undefined;

/** Every text in a part of a message or a modal. */
export function textsIn(part: unknown): readonly string[] {
  if (Array.isArray(part)) return part.flatMap(textsIn);
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part).flatMap(([key, value]) =>
    key === 'text' && typeof value === 'string' ? [value] : textsIn(value),
  );
}

function findButton(message: SlackMessage, actionId: string): object {
  const button = buttonIn(message, actionId);
  if (button !== undefined) return button;
  throw new Error(`no button ${actionId} in this message:\n${readMessage(message)}`);
}

const fieldValues = (answers: Readonly<Record<string, Answer>>): object =>
  Object.fromEntries(
    Object.entries(answers).map(([block, answer]) => [block, { value: fieldValue(answer) }]),
  );

function fieldValue(answer: Answer): object {
  if ('text' in answer) return { type: 'plain_text_input', value: answer.text };
  if ('chosen' in answer) return { type: 'static_select', selected_option: option(answer.chosen) };
  return { type: 'checkboxes', selected_options: answer.ticked.map(option) };
}

const option = (value: string): object => ({ value, text: { type: 'plain_text', text: value } });

/** A button as its press tells of it, one that is folded away too. */
function buttonIn({ blocks }: SlackMessage, actionId: string): object | undefined {
  for (const { block_id, elements = [] } of blocks) {
    for (const { type, action_id, value, text, options = [] } of elements) {
      if (action_id === actionId) return { type, action_id, block_id, value, text };
      const folded = options.find((option) => parseButton(FoldedButton, option.value)?.action === actionId);
      if (folded !== undefined) return { type, action_id, block_id, selected_option: folded };
    }
  }
  return undefined;
}
