import { expect, it } from 'vitest';
import { drawMrkdwn } from '../../../src/slack/kit/mrkdwn.ts';
import { runCard } from '../../../src/slack/run/card.ts';
import { runListMessage } from '../../../src/slack/run/list.ts';
import { doubtWords, standingWords } from '../../../src/words/doubts.ts';
import { aPlan, aStep } from '../../support/plan-builder.ts';
import { APPROVER, aRun, START } from '../../support/run-builder.ts';
import { textsOf } from '../../support/slack-rules.ts';

const skipped = (reason?: string) =>
  aRun()
    .started()
    .didSteps(['rollback'])
    .startStep('deploy')
    .finishStep('deploy', { outcome: 'failed' })
    .decide('deploy', 'skip', reason)
    .didSteps(['healthy'])
    .succeeded()
    .build();
const proven = aRun().started().didSteps(['rollback', 'deploy', 'healthy']).succeeded().build();
const waited = aRun({ plan: aPlan({ steps: [aStep.git(), aStep.wait({ phase: 'Verify' })] }) })
  .started()
  .didSteps(['rollback', 'settle'])
  .succeeded()
  .build();

it('says what was skipped, by whom and why, and what is not known therefore', () => {
  expect(drawMrkdwn(doubtWords(skipped('by hand <!channel>')))).toBe(
    `Checks passed, but “Deploy it” was skipped by <@${APPROVER}> (by hand &lt;!channel&gt;): v1.3.0 isn't proven to run`,
  );
  expect(drawMrkdwn(doubtWords(skipped()))).toContain(`was skipped by <@${APPROVER}>: v1.3.0`);
});

it('says that nothing looked', () => {
  expect(drawMrkdwn(doubtWords(waited))).toContain('nothing looked at what runs');
});

it('says nothing of a run that proved its target, or that failed', () => {
  expect(doubtWords(proven)).toEqual([]);
  expect(doubtWords(aRun().started().failed('rollback', 'aborted').build())).toEqual([]);
  expect([standingWords(proven), standingWords(skipped())]).toEqual(['succeeded', 'ended, not proven']);
});

it('is nowhere on the card or in the list a plain success', () => {
  const card = runCard(skipped('by hand'), { serviceTitle: 'Web shop', now: START, tail: '' });
  const text = [card.text, ...textsOf(card.blocks)].join('\n');
  expect(text).toContain("Web shop: v1.3.0 isn't proven to run");
  expect(text).not.toContain('is back on');
  expect(text).toContain(`“Deploy it” was skipped by <@${APPROVER}> (by hand)`);
  expect(text).toContain('*3/3* (1 skipped)');
  const list = textsOf(runListMessage([skipped()], { now: START }).blocks).join('\n');
  expect(list).toContain('*RUN-31* ended, not proven');
  expect(list).not.toContain(':white_check_mark:');
});
