import type { SlackMessage } from '../../src/demo/slack-frames.ts';
import { hasButton, readMessage, type SlackPerson } from '../../src/demo/slack-person.ts';
import { ACTION, BLOCK, VIEW } from '../../src/slack/kit/ids.ts';
import { INCIDENTS } from './world.ts';

export type Asked = {
  readonly run: string;
  /** The approval card, with its buttons. */
  readonly card: SlackMessage;
};

/** Fills in and sends the rollback form, as a person does, and waits for the approval card. */
export async function askForRollback(
  person: SlackPerson,
  {
    severity = 'P0',
    reason = 'Checkout fails',
    button = ACTION.approve,
  }: {
    readonly severity?: string;
    readonly reason?: string;
    /** By which its card is known. */
    readonly button?: string;
  } = {},
): Promise<Asked> {
  const before = new Set(person.messages(INCIDENTS).map(({ ts }) => ts));
  await person.command('/rollback shop', INCIDENTS);
  await person.waitForView(({ callback_id }) => callback_id === VIEW.rollbackForm);
  await person.submitView({ [BLOCK.severity]: { chosen: severity }, [BLOCK.reason]: { text: reason } });
  const card = await person.waitForMessage(
    INCIDENTS,
    (message) => !before.has(message.ts) && hasButton(message, button),
    { what: 'the approval card' },
  );
  const run = /RUN-\d+/.exec(readMessage(card))?.[0];
  if (run === undefined) throw new Error(`the approval card names no run:\n${readMessage(card)}`);
  return { run, card };
}

/** The first message in a run's thread that says something. */
export const inThread = (
  person: SlackPerson,
  { card }: Asked,
  text: string | RegExp,
): Promise<SlackMessage> =>
  person.waitForMessage(
    INCIDENTS,
    (message) => message.thread_ts === card.ts && new RegExp(text).test(readMessage(message)),
    { what: `a message in the thread that says ${text}` },
  );

/** The run card, as soon as it offers a button. */
export const runCardWith = (person: SlackPerson, { card }: Asked, action: string): Promise<SlackMessage> =>
  person.waitForMessage(INCIDENTS, (message) => message.thread_ts === card.ts && hasButton(message, action), {
    what: `the run card with the button ${action}`,
  });

/** A message that only this person sees. */
export const toldAlone = (person: SlackPerson, text: string | RegExp): Promise<SlackMessage> =>
  person.waitForMessage(
    INCIDENTS,
    (message) => message.ephemeral_to === person.id && new RegExp(text).test(readMessage(message)),
    { what: `an answer for ${person.id} alone that says ${text}` },
  );
