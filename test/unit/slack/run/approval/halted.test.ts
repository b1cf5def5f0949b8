import { describe, expect, it } from 'vitest';
import { ACTION } from '../../../../../src/slack/kit/ids.ts';
import { approvalCard } from '../../../../../src/slack/run/approval/card.ts';
import { answerButtons } from '../../../../../src/slack/run/step-attention.ts';
import { aRun, START } from '../../../../support/run-builder.ts';
import { validateMessage } from '../../../../support/slack-rules.ts';

const AWAY = "the git server can't be reached: Connection refused <!channel>";
const approved = () => aRun().approvedBy('U0A');

const show = (story: ReturnType<typeof aRun>) =>
  approvalCard(story.build(), {
    ...{ serviceTitle: 'Web shop', mayApprove: [], link: '', now: START, text: 'who and why' },
  });
const idsOf = (message: { readonly blocks: readonly unknown[] }): readonly string[] =>
  [...JSON.stringify(message.blocks).matchAll(/"action_id":"([^"]+)"/g)].map(([, id = '']) => id);

describe('an approved rollback that could not begin', () => {
  it('says why, until when it is tried by itself, and that the approvals are kept', () => {
    const card = show(approved().hindered(AWAY, '2026-01-05T03:05:00.000Z'));
    expect(card.text).toContain('*Approved, not started* · Web shop');
    expect(card.text).toMatch(/Connection refused &lt;!channel&gt;\. Tried again until <!date\^/);
    expect(card.text).toContain('the approvals are kept · Approved by <@U0A>');
    expect(idsOf(card)).not.toContain(ACTION.tryAgain);
    expect(validateMessage(card)).toEqual([]);
  });

  it('offers to try again, or to cancel, once a person is asked', () => {
    const halted = approved().hindered(AWAY);
    const card = show(halted);
    expect(card.text).toContain('*Approved, not started* · Web shop');
    expect(idsOf(card)).toEqual(expect.arrayContaining([ACTION.tryAgain, ACTION.cancelRun]));
    expect(validateMessage(card)).toEqual([]);
    expect(idsOf({ blocks: answerButtons(halted.build()) })).toEqual([ACTION.tryAgain, ACTION.cancelRun]);
  });

  it('offers nothing of that once it has begun or is over', () => {
    for (const story of [
      approved().hindered(AWAY).started(),
      approved().hindered(AWAY).cancelled('no need'),
    ]) {
      expect(idsOf(show(story))).not.toContain(ACTION.tryAgain);
      expect(answerButtons(story.build())).toEqual([]);
    }
  });
});
