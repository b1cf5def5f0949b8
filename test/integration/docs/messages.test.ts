import { expect, it } from 'vitest';
import { countSaid, printSaid } from '../../support/told/print.ts';
import { stories } from '../../support/told/stories.ts';

const PREFACE = `# What is said, and to whom

Written by \`npm run messages\`: four stories on a fast clock, by the policy in walkback.yml and the words in templates/,
with everything that people read, by who reads it. Of a card only the headline is told; it is edited while things go on.
Times are in UTC; each reader sees their own.`;

it('docs/messages.md tells what is said to whom, and no story says more than it may', async () => {
  const pages: string[] = [];
  for (const { title, atMost, told } of stories) {
    const world = await told();
    expect([title, countSaid(world).toMany]).toEqual([title, expect.toSatisfy((said) => said <= atMost)]);
    pages.push(printSaid(title, world));
  }
  await expect(`${[PREFACE, ...pages].join('\n\n')}\n`).toMatchFileSnapshot('../../../docs/messages.md');
});
