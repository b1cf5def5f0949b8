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
import type { Plainly } from './listening.ts';

type Inbound = AnyMiddlewareArgs & AllMiddlewareArgs;
type CommandArgs = SlackCommandMiddlewareArgs & AllMiddlewareArgs;
export type ButtonArgs = SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & AllMiddlewareArgs;
type ShortcutArgs = SlackShortcutMiddlewareArgs<GlobalShortcut | MessageShortcut> & AllMiddlewareArgs;
type SubmissionArgs = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs;
type EventArgs<Name extends string = string> = SlackEventMiddlewareArgs<Name> & AllMiddlewareArgs;

type Handler<Args> = (args: Args) => Promise<void>;

/** All comes acknowledged, but for a submission: its handler acknowledges with what the modal shows next. */
export type Router = {
  readonly onCommand: (name: string, handler: Handler<CommandArgs>) => void;
  readonly onButton: (actionId: string, handler: Handler<ButtonArgs>) => void;
  readonly onShortcut: (callbackId: string, handler: Handler<ShortcutArgs>) => void;
  readonly onSubmission: (callbackId: string, handler: Handler<SubmissionArgs>) => void;
  readonly onEvent: <Name extends string>(name: Name, handler: Handler<EventArgs<Name>>) => void;
};

/**
 * One middleware for everything, and tables behind it. Bolt asks all its listeners about every payload and makes the
 * arguments anew for each, which leaves garbage that lives until a full collection: people would wait for it until
 * their command is acknowledged. Work begins a turn of the event loop after that, when the acknowledgement has left.
 */
export function createRouter(app: App, plainly?: Plainly): Router {
  const commands = new Map<string, Handler<CommandArgs>>();
  const buttons = new Map<string, Handler<ButtonArgs>>();
  const shortcuts = new Map<string, Handler<ShortcutArgs>>();
  const submissions = new Map<string, Handler<SubmissionArgs>>();
  const events = new Map<string, Handler<EventArgs>>();
  const speaking = <Args extends { readonly respond: RespondFn }>(args: Args): Args =>
    plainly === undefined ? args : { ...args, respond: (said) => args.respond(plainly(said)) };

  app.use(async (args) => {
    if (isSubmission(args)) {
      await submissions.get(args.view.callback_id)?.(args);
    } else if (isEvent(args)) {
      await events.get(args.event.type)?.(args);
    } else if (isCommand(args)) {
      await acknowledge(args);
      await commands.get(args.command.command)?.(speaking(args));
    } else if (isButton(args)) {
      await acknowledge(args);
      await buttons.get(args.payload.action_id)?.(speaking(args));
    } else if (isShortcut(args)) {
      await acknowledge(args);
      await shortcuts.get(args.shortcut.callback_id)?.(args);
    }
  });
  return {
    onCommand: (name, handler) => commands.set(name, handler),
    onButton: (actionId, handler) => buttons.set(actionId, handler),
    onShortcut: (callbackId, handler) => shortcuts.set(callbackId, handler),
    onSubmission: (callbackId, handler) => submissions.set(callbackId, handler),
    onEvent: (name, handler) =>
      events.set(name, async (args) => {
        if (isEventOf(name, args)) await handler(args);
      }),
  };
}

async function acknowledge({ ack }: { readonly ack: () => Promise<void> }): Promise<void> {
  await ack();
  await turn();
}

const isCommand = (args: Inbound): args is CommandArgs => 'command' in args;
const isButton = (args: Inbound): args is ButtonArgs => args.body.type === 'block_actions';
const isShortcut = (args: Inbound): args is ShortcutArgs => 'shortcut' in args;
const isSubmission = (args: Inbound): args is SubmissionArgs => args.body.type === 'view_submission';
const isEvent = (args: Inbound): args is EventArgs => 'event' in args;
const isEventOf = <Name extends string>(
  name: Name,
  args: EventArgs | EventArgs<Name>,
): args is EventArgs<Name> => args.event.type === name;
