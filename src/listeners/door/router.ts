import { setImmediate as turn } from 'node:timers/promises';
import type {
  AllMiddlewareArgs,
  AnyMiddlewareArgs,
  App,
  BlockAction,
  ButtonAction,
  GlobalShortcut,
  MessageShortcut,
  RespondFn,
  SlackActionMiddlewareArgs,
  SlackCommandMiddlewareArgs,
  SlackEventMiddlewareArgs,
  SlackShortcutMiddlewareArgs,
  SlackViewMiddlewareArgs,
  ViewSubmitAction,
} from '@slack/bolt';
import { z } from 'zod';
import { FoldedButton, parseButton } from '../../slack/kit/button-values.ts';
import { ACTION, FORMER_IDS } from '../../slack/kit/ids.ts';
import type { Plainly } from './listening.ts';

type Inbound = AnyMiddlewareArgs & AllMiddlewareArgs;
type CommandArgs = SlackCommandMiddlewareArgs & AllMiddlewareArgs;
type BoltButtonArgs = SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & AllMiddlewareArgs;
/** A button on App Home or in a modal can't be answered beside its message, whatever Bolt's types promise. */
export type ButtonArgs = Omit<BoltButtonArgs, 'respond'> & { readonly respond: RespondFn | undefined };
type ShortcutArgs = SlackShortcutMiddlewareArgs<GlobalShortcut | MessageShortcut> & AllMiddlewareArgs;
type SubmissionArgs = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs;
type EventArgs<Name extends string = string> = SlackEventMiddlewareArgs<Name> & AllMiddlewareArgs;

type Handler<Args> = (args: Args) => Promise<void>;

/** All comes acknowledged, but for a submission: its handler acknowledges with what the modal shows next. */
export type Router = {
  readonly onCommand: (name: string, handler: Handler<CommandArgs>) => void;
  readonly onButton: (actionId: string, handler: Handler<ButtonArgs>) => void;
  /** Buttons that nobody listens to: of a version before this one, or after it. */
  readonly onUnknownButton: (handler: Handler<ButtonArgs>) => void;
  readonly onShortcut: (callbackId: string, handler: Handler<ShortcutArgs>) => void;
  readonly onSubmission: (callbackId: string, handler: Handler<SubmissionArgs>) => void;
  readonly onUnknownSubmission: (handler: Handler<SubmissionArgs>) => void;
  readonly onEvent: <Name extends string>(name: Name, handler: Handler<EventArgs<Name>>) => void;
};

/**
 * One middleware for everything, and tables behind it. Bolt asks all its listeners about every payload and makes the
 * arguments anew for each, which leaves garbage that lives until a full collection: people would wait for it until
 * their command is acknowledged. Work begins a turn of the event loop after that, when the acknowledgement has left.
 * Nothing else may listen on `app`: what comes is not passed on.
 */
export function createRouter(app: App, plainly?: Plainly): Router {
  const commands = createTable<CommandArgs>('command');
  const buttons = createTable<ButtonArgs>('button');
  const shortcuts = createTable<ShortcutArgs>('shortcut');
  const submissions = createTable<SubmissionArgs>('submission');
  const events = createTable<EventArgs>('event');
  const speaking = <Args extends { readonly respond: RespondFn | undefined }>(args: Args): Args => {
    const { respond } = args;
    return plainly === undefined || respond === undefined
      ? args
      : { ...args, respond: (said: Parameters<RespondFn>[0]) => respond(plainly(said)) };
  };

  const press = (args: BoltButtonArgs): Promise<void> => {
    const pressed = unfolded(args);
    return buttons.handle(pressed.payload?.action_id, speaking(pressed));
  };

  app.use(async (args) => {
    if (isSubmission(args)) return submissions.handle(args.view.callback_id, args);
    // Bolt itself has acknowledged an event.
    if (!isEvent(args)) await args.ack();
    await turn();
    if (isEvent(args)) await events.handle(args.event.type, args);
    else if (isCommand(args)) await commands.handle(args.command.command, speaking(args));
    else if (isButton(args)) await press(args);
    else if (isShortcut(args)) await shortcuts.handle(args.shortcut.callback_id, args);
  });
  return {
    onCommand: commands.add,
    onButton: buttons.add,
    onUnknownButton: buttons.addForUnknown,
    onShortcut: shortcuts.add,
    onSubmission: submissions.add,
    onUnknownSubmission: submissions.addForUnknown,
    // The table is by the event's name, so the handler gets what it expects.
    onEvent: (name, handler) => events.add(name, handler as Handler<EventArgs>),
  };
}

/** A button that was folded away (kit/block-kit.ts) is pressed as the one that it is. */
function unfolded(args: BoltButtonArgs): BoltButtonArgs {
  const chosen = Folded.safeParse(args.payload).data;
  const button = chosen && parseButton(FoldedButton, chosen.selected_option.value);
  if (button === undefined) return args;
  return { ...args, payload: { ...args.payload, action_id: button.action, value: button.value } };
}

const Folded = z.object({
  action_id: z.literal(ACTION.more),
  selected_option: z.object({ value: z.string() }),
});

/** Who handles what, by name; a second handler for a name is a mistake of ours. */
function createTable<Args>(kind: string) {
  const handlers = new Map<string | undefined, Handler<Args>>();
  let forUnknown: Handler<Args> | undefined;
  return {
    add: (name: string, handler: Handler<Args>): void => {
      if (handlers.has(name)) throw new Error(`the ${kind} ${name} has two handlers`);
      handlers.set(name, handler);
    },
    addForUnknown: (handler: Handler<Args>): void => {
      forUnknown = handler;
    },
    handle: async (name: string | undefined, args: Args): Promise<void> =>
      (handlers.get(name) ?? handlers.get(FORMER_IDS.get(name ?? '')) ?? forUnknown)?.(args),
  };
}

const isCommand = (args: Inbound): args is CommandArgs => 'command' in args;
const isButton = (args: Inbound): args is BoltButtonArgs => args.body.type === 'block_actions';
const isShortcut = (args: Inbound): args is ShortcutArgs => 'shortcut' in args;
const isSubmission = (args: Inbound): args is SubmissionArgs => args.body.type === 'view_submission';
const isEvent = (args: Inbound): args is EventArgs => 'event' in args;
