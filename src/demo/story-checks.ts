import { expectEqual } from './expectations.ts';
import {
  BAD_RELEASE,
  checkOut,
  commitOf,
  GOOD_RELEASE,
  isGood,
  treeOf,
} from './sample-service/shop-condition.ts';
import type { SlackMessage } from './slack-frames.ts';
import { readMessage } from './slack-person.ts';
import { channels } from './slack-workspace.ts';
import { isInThread, type Story } from './story.ts';

const PURCHASES = 20;

/** The branch's head before anything is done, with the shop seen to be broken. */
export async function rememberBefore({ demo: { shop }, expectations }: Story): Promise<string> {
  return expectations.must(`the shop is broken by ${BAD_RELEASE}`, async () => {
    const answers = await Promise.all(Array.from({ length: 4 }, () => checkOut(shop.url)));
    if (answers.some(isGood)) throw new Error(`it answers ${describe(answers)}`);
    const head = await commitOf(shop.remote, 'main');
    expectEqual(head, await commitOf(shop.remote, BAD_RELEASE), 'the branch');
    return head;
  });
}

export async function checkShop({ demo: { shop }, expectations }: Story): Promise<void> {
  await expectations.should(`the shop answers well ${PURCHASES} times in a row`, async () => {
    for (let purchase = 1; purchase <= PURCHASES; purchase++) {
      const answer = await checkOut(shop.url);
      if (!isGood(answer)) throw new Error(`purchase ${purchase} got ${describe([answer])}`);
    }
  });
}

/** The new commit. */
export async function checkGit({ demo: { shop }, expectations }: Story, before: string): Promise<string> {
  const head = await commitOf(shop.remote, 'main');
  await expectations.should('the branch has a new commit on top of the bad release', async () => {
    expectEqual(await commitOf(shop.remote, 'main^'), before, 'its parent');
  });
  await expectations.should(`the new commit has exactly the content of ${GOOD_RELEASE}`, async () => {
    expectEqual(await treeOf(shop.remote, head), await treeOf(shop.remote, GOOD_RELEASE), 'its tree');
  });
  await expectations.should('the deployed checkout is at the new commit', async () => {
    expectEqual(await commitOf(shop.deployed, 'HEAD'), head, 'the checkout');
  });
  return head;
}

export async function checkMessages(
  { alex, kim, expectations }: Story,
  { card, commit }: { readonly card: SlackMessage; readonly commit: string },
): Promise<void> {
  const isAboutCommit = (message: SlackMessage): boolean => readMessage(message).includes(commit.slice(0, 7));
  const inThread = (): readonly SlackMessage[] =>
    alex
      .messages(channels.incidents.id)
      .filter((message) => isInThread(message, card) && isAboutCommit(message));
  await expectations.should(
    'the run card and a closing notice in the thread name the new commit',
    async () => {
      const isThere = (): boolean => inThread().length >= 2;
      await alex.waitForMessage(channels.incidents.id, isThere, { what: 'both' });
    },
  );
  await expectations.should('Kim reads about it in the stakeholder channel', async () => {
    const isNews = (message: SlackMessage): boolean =>
      readMessage(message).includes('Shop') && readMessage(message).includes(GOOD_RELEASE);
    await kim.waitForMessage(channels.stakeholders.id, isNews, { what: 'news of the rollback' });
  });
}

const describe = (answers: readonly { readonly status: number; readonly ms: number }[]): string =>
  answers.map(({ status, ms }) => `${status} in ${ms} ms`).join(', ');
