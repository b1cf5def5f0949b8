import { readFile } from 'node:fs/promises';
import { createExpectations, StoryEnded } from './expectations.ts';
import { createPerson } from './slack-person.ts';
import { people } from './slack-workspace.ts';
import type { Demo } from './start-demo.ts';
import { approve, askForRollback, refuseOwnApproval, type Story, watchRun } from './story.ts';
import { checkGit, checkMessages, checkShop, rememberBefore } from './story-checks.ts';

const TIME_LIMIT_MS = 120_000;
const LOG_LINES = 25;

/**
 * Plays the whole story through the local Slack, as the responder and the approver, and tells each expectation as it
 * is met or missed. Resolves with the exit code: 0 only when all were met.
 */
export async function playStory({
  demo,
  say,
  asked,
}: {
  readonly demo: Demo;
  readonly say: (line: string) => void;
  /** Resolves when somebody wants it to end. */
  readonly asked: Promise<void>;
}): Promise<number> {
  let over = false;
  const expectations = createExpectations((line) => {
    if (!over) say(line);
  });
  const late = new Promise<string>((resolve) => {
    setTimeout(() => resolve(`not over within ${TIME_LIMIT_MS / 1_000} s`), TIME_LIMIT_MS).unref();
  });
  const stopped = asked.then(() => 'stopped by hand');
  say('\nThe story, as Robin and Alex:');
  const played = play(demo, expectations).then(() => undefined);
  const cut = await Promise.race([played, late, stopped, demo.broken]);
  over = true;
  const failed = [...expectations.failed(), ...(cut === undefined ? [] : [cut])];
  if (failed.length === 0) {
    say('\nAll went as it should: the shop is healthy again.');
    return 0;
  }
  say(`\nThe last lines of ${demo.logs.bot}:\n${await lastLines(demo.logs.bot)}`);
  say(`\nNot as it should be: ${failed.join('; ')}`);
  return 1;
}

async function play(demo: Demo, expectations: Story['expectations']): Promise<void> {
  const [robin, alex, kim] = await Promise.all(
    [people.responder, people.approver, people.stakeholder].map(({ id }) =>
      createPerson({ url: demo.slackUrl, userId: id }),
    ),
  );
  if (!robin || !alex || !kim) throw new Error('three people make three connections');
  const story: Story = { demo, robin, alex, kim, expectations };
  try {
    const before = await rememberBefore(story);
    const card = await askForRollback(story);
    await refuseOwnApproval(story, card);
    await approve(story, card);
    await watchRun(story, card);
    await checkShop(story);
    const commit = await checkGit(story, before);
    await checkMessages(story, { card, commit });
  } catch (error) {
    // What failed has been told already.
    if (!(error instanceof StoryEnded)) throw error;
  } finally {
    for (const person of [robin, alex, kim]) person.close();
  }
}

async function lastLines(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => '(nothing)');
  return text.trimEnd().split('\n').slice(-LOG_LINES).join('\n');
}
