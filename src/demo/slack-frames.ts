import { z } from 'zod';

const Element = z.looseObject({
  type: z.string(),
  action_id: z.string().optional(),
  value: z.string().optional(),
  text: z.unknown().optional(),
  /** Of what is folded away. */
  options: z.array(z.looseObject({ value: z.string() })).optional(),
});

const Block = z.looseObject({
  type: z.string(),
  block_id: z.string().optional(),
  elements: z.array(Element).optional(),
});

/** A message as people see it. `ephemeral_to` is the one person who sees it, where it is for one. */
export const SlackMessage = z.looseObject({
  ts: z.string(),
  channel: z.string(),
  user: z.string().optional(),
  text: z.string().default(''),
  thread_ts: z.string().optional(),
  ephemeral_to: z.string().optional(),
  blocks: z.array(Block).default([]),
});
export type SlackMessage = z.infer<typeof SlackMessage>;

const Input = z.looseObject({ options: z.array(z.looseObject({ value: z.string() })).optional() });

/** An open modal. */
export const SlackView = z.looseObject({
  id: z.string(),
  callback_id: z.string().default(''),
  blocks: z.array(
    z.looseObject({ type: z.string(), block_id: z.string().optional(), element: Input.optional() }),
  ),
});
export type SlackView = z.infer<typeof SlackView>;

/** App Home as one person sees it. */
export const SlackHome = z.looseObject({ blocks: z.array(Block) });
export type SlackHome = z.infer<typeof SlackHome>;

const App = z.looseObject({ appId: z.string(), connected: z.boolean() });
const Messages = z.record(z.string(), z.array(SlackMessage));

/** What a local Slack tells those who look at it; frames of other kinds are passed over. */
export const SlackFrame = z.discriminatedUnion('t', [
  z.object({
    t: z.literal('init'),
    state: z.looseObject({ apps: z.array(App), messages: Messages, modalStack: z.array(SlackView) }),
  }),
  z.object({ t: z.literal('view'), stack: z.array(SlackView) }),
  z.object({ t: z.literal('view_errors'), errors: z.record(z.string(), z.string()) }),
  z.object({ t: z.literal('home'), user: z.string(), view: SlackHome }),
  z.object({ t: z.literal('message'), message: SlackMessage }),
  z.object({ t: z.literal('message_update'), message: SlackMessage }),
  z.object({ t: z.literal('message_delete'), channel: z.string(), ts: z.string() }),
  z.object({ t: z.literal('socket_status'), appId: z.string(), connected: z.boolean() }),
]);
export type SlackFrame = z.infer<typeof SlackFrame>;

const AnyFrame = z.looseObject({ t: z.string() });
const KNOWN = new Set(SlackFrame.options.map((option) => option.shape.t.value));

/** Parses a frame; undefined for a kind that isn't looked at. Throws on a known kind of another shape. */
export function parseFrame(text: string): SlackFrame | undefined {
  const frame: unknown = JSON.parse(text);
  const { t } = AnyFrame.parse(frame);
  return [...KNOWN].some((known) => known === t) ? SlackFrame.parse(frame) : undefined;
}
