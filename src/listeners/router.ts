import { setImmediate as turn } from 'node:timers/promises';
import type {
  AllMiddlewareArgs,
  App,
  BlockAction,
  ButtonAction,
  GlobalShortcut,
  MessageShortcut,
  RespondFn,
  SlackActionMiddlewareArgs,
  SlackCommandMiddlewareArgs,
  SlackShortcutMiddlewareArgs,
  SlackViewMiddlewareArgs,
  ViewSubmitAction,
} from '@slack/bolt';
import type { Plainly } from './listening.ts';

type CommandArgs = SlackCommandMiddlewareArgs & AllMiddlewareArgs;
export type ButtonArgs = SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & AllMiddlewareArgs;
type ShortcutArgs = SlackShortcutMiddlewareArgs<GlobalShortcut | MessageShortcut> & AllMiddlewareArgs;
type SubmissionArgs = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs;

type Handlers<Args> = Map<string, (args: Args) => Promise<void>>;

/** Commands, buttons and shortcuts come acknowledged; a submission's handler acknowledges with what the modal shows next. */
export type Router = {
  readonly onCommand: (name: string, handler: (args: CommandArgs) => Promise<void>) => void;
  readonly onButton: (actionId: string, handler: (args: ButtonArgs) => Promise<void>) => void;
  readonly onShortcut: (callbackId: string, handler: (args: ShortcutArgs) => Promise<void>) => void;
  readonly onSubmission: (callbackId: string, handler: (args: SubmissionArgs) => Promise<void>) => void;
};

/**
 * One Bolt listener for each kind of payload, and a table behind it: Bolt asks all its listeners about every
 * payload, and each of them would add to the time until the acknowledgement. Work begins a turn of the event loop
 * after it, when the acknowledgement has left.
 */
export function createRouter(app: App, plainly: Plainly = (said) => said): Router {
  const commands: Handlers<CommandArgs> = new Map();
  const buttons: Handlers<ButtonArgs> = new Map();
  const shortcuts: Handlers<ShortcutArgs> = new Map();
  const submissions: Handlers<SubmissionArgs> = new Map();
  const saying =
    (respond: RespondFn): RespondFn =>
    (answer) =>
      respond(plainly(answer));
  app.command(/^\//, async (args) => {
    await args.ack();
    await turn();
    await commands.get(args.command.command)?.({ ...args, respond: saying(args.respond) });
  });
  app.action<BlockAction<ButtonAction>>({ type: 'block_actions' }, async (args) => {
    await args.ack();
    await turn();
    await buttons.get(args.payload.action_id)?.({ ...args, respond: saying(args.respond) });
  });
  app.shortcut<GlobalShortcut | MessageShortcut>(/^/, async (args) => {
    await args.ack();
    await turn();
    await shortcuts.get(args.shortcut.callback_id)?.(args);
  });
  app.view<ViewSubmitAction>({ type: 'view_submission' }, async (args) => {
    await submissions.get(args.view.callback_id)?.(args);
  });
  return {
    onCommand: (name, handler) => commands.set(name, handler),
    onButton: (actionId, handler) => buttons.set(actionId, handler),
    onShortcut: (callbackId, handler) => shortcuts.set(callbackId, handler),
    onSubmission: (callbackId, handler) => submissions.set(callbackId, handler),
  };
}
