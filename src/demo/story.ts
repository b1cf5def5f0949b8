import { ACTION, BLOCK, VIEW } from '../slack/kit/ids.ts';
import { mention } from '../slack/kit/text.ts';
import type { Expectations } from './expectations.ts';
import { GOOD_RELEASE } from './sample-service/shop-condition.ts';
import type { SlackMessage, SlackView } from './slack-frames.ts';
import { hasButton, readMessage, type SlackPerson, textsIn } from './slack-person.ts';
import { channels, demoApp } from './slack-workspace.ts';
import type { Demo } from './start-demo.ts';

export type Story = {
  readonly demo: Demo;
  /** Asks. */
  readonly robin: SlackPerson;
  /** Approves. */
  readonly alex: SlackPerson;
  /** Wants to know. */
  readonly kim: SlackPerson;
  readonly expectations: Expectations;
};

const CHANNEL = channels.incidents.id;
const CHECKLIST = ['issue-documented', 'stakeholders-told', 'target-verified', 'state-backed-up'];
const RUN_MS = 60_000;

/** The slash command and the form; the approval card that comes of it. */
export async function askForRollback({ robin, alex, expectations }: Story): Promise<SlackMessage> {
  const view = await expectations.must('/rollback shop opens the form for Robin', async () => {
    await robin.waitForApp(demoApp.appId);
    await robin.command('/rollback shop', CHANNEL);
    return robin.waitForView(({ callback_id }) => callback_id === VIEW.rollbackForm);
  });
  const target = await expectations.must(
    `the form offers ${GOOD_RELEASE} as the previous release`,
    async () => firstTarget(view),
  );
  return expectations.must('sending it posts an approval card', async () => {
    const submission = await robin.submitView({
      [BLOCK.environment]: { chosen: 'production' },
      [BLOCK.playbook]: { chosen: 'shop-rollback' },
      [BLOCK.target]: { chosen: target },
      [BLOCK.severity]: { chosen: 'P0' },
      [BLOCK.reason]: { text: 'Every fourth check-out fails since v1.4.0' },
      [BLOCK.checklist]: { ticked: CHECKLIST },
    });
    if (submission.kind === 'errors') throw new Error(`the form says ${JSON.stringify(submission.errors)}`);
    return alex.waitForMessage(CHANNEL, (message) => hasButton(message, ACTION.approve), {
      what: 'an approval card',
    });
  });
}

export async function refuseOwnApproval({ robin, expectations }: Story, card: SlackMessage): Promise<void> {
  await expectations.must('Robin, who asked, may not approve and is told why', async () => {
    const before = robin.messages(CHANNEL).length;
    robin.press(card, ACTION.approve);
    const isAnswer = (message: SlackMessage): boolean =>
      message.ephemeral_to === robin.id && robin.messages(CHANNEL).length > before;
    await robin.waitForMessage(CHANNEL, isAnswer, { what: 'a refusal' });
    const seen = robin.messages(CHANNEL).find(({ ts }) => ts === card.ts);
    if (seen === undefined || !hasButton(seen, ACTION.approve))
      throw new Error('the card was decided all the same');
  });
}

export async function approve({ alex, expectations }: Story, card: SlackMessage): Promise<void> {
  await expectations.must('Alex approves, and the card says so', async () => {
    alex.press(card, ACTION.approve);
    const isApproved = (message: SlackMessage): boolean =>
      message.ts === card.ts &&
      !hasButton(message, ACTION.approve) &&
      readMessage(message).includes(mention(alex.id));
    await alex.waitForMessage(CHANNEL, isApproved, { what: 'an approved card' });
  });
}

/** The run card in the thread, up to its success. */
export async function watchRun({ alex, expectations }: Story, card: SlackMessage): Promise<void> {
  await expectations.must('the run card in the thread comes to success', async () => {
    const isOver = (message: SlackMessage): boolean =>
      isInThread(message, card) && (isSuccess(message) || isTrouble(message));
    const end = await alex.waitForMessage(CHANNEL, isOver, { what: 'the end of the run', timeoutMs: RUN_MS });
    if (!isSuccess(end)) throw new Error(readMessage(end));
  });
}

export const isInThread = (message: SlackMessage, card: SlackMessage): boolean =>
  message.thread_ts === card.ts;

const isSuccess = (message: SlackMessage): boolean =>
  readMessage(message).includes('✅') && readMessage(message).includes(GOOD_RELEASE);

/** Failed, or waiting for somebody to decide: nobody will. */
const isTrouble = (message: SlackMessage): boolean => /[❌⚠]/u.test(readMessage(message));

function firstTarget({ blocks }: SlackView): string {
  const element = blocks.find(({ block_id }) => block_id === BLOCK.target)?.element;
  const option = element?.options?.[0];
  if (option === undefined) throw new Error('it offers nothing to go back to');
  if (!textsIn(option).join().includes(GOOD_RELEASE)) throw new Error(`it offers ${textsIn(option).join()}`);
  return option.value;
}
