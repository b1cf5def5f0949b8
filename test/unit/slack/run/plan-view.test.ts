import { describe, expect, it } from 'vitest';
import type { ApprovalPress } from '../../../../src/domain/run/events.ts';
import type { Run } from '../../../../src/domain/run/run.ts';
import { BLOCK } from '../../../../src/slack/kit/ids.ts';
import { escapeText } from '../../../../src/slack/kit/text.ts';
import { parsePlanDecision, runPlanView } from '../../../../src/slack/run/plan-view.ts';
import { nasty } from '../../../support/nasty-text.ts';
import { aBlastRadius, aCommit, aPlan, aStep } from '../../../support/plan-builder.ts';
import { aRun } from '../../../support/run-builder.ts';
import { textsOf, validateView } from '../../../support/slack-rules.ts';
import { submit } from '../../../support/submit-view.ts';

const ALL: readonly ApprovalPress[] = ['approve', 'deny', 'break-glass'];
const show = (
  run: Run,
  may: readonly ApprovalPress[] = ALL,
  more: { notice?: string; whyNot?: string } = {},
) => runPlanView(run, { serviceTitle: 'Web shop', mayApprove: ['UALEX'], may, ...more });
const run = aRun({ incident: 'INC-12', reason: 'first line\nsecond <line>' }).build();
const digest = run.digest;

describe('View plan', () => {
  it('tells all there is to know: both commits, who asks and the whole reason, the verdict, checklist and steps', () => {
    const text = textsOf(show(run).blocks).join('\n');
    for (const part of [
      ':large_orange_square: *P1* Web shop · production · INC-12 · RUN-31',
      /From \*v1\.4\.0 \(\w{7}\)\*: Cache prices\nBack to \*v1\.3\.0 \(\w{7}\)\*: Show the basket/,
      /<@U0REQUESTER> asked <!date[^>]*>:\n> first line\n> second &lt;line&gt;/,
      '<@UALEX> (approver) may approve, not the person who asked',
      ':ballot_box_with_check: Issue documented',
      '1 commit undone',
      './deploy.sh --quick',
    ])
      expect(text).toMatch(
        part instanceof RegExp ? part : new RegExp(part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')),
      );
  });

  it('says of what is deployed that it came of a rollback, since its commit has no release', () => {
    const deployed = aCommit({ release: null, subject: 'Roll back web-shop to v1.2.0 (1234567)' });
    expect(textsOf(show(aRun({ plan: aPlan({ deployed }) }).build()).blocks).join('\n')).toContain(
      `From *${deployed.hash.slice(0, 7)}* (a rollback commit): Roll back web-shop to v1.2.0`,
    );
  });

  it('offers what the person may decide and nothing else, nothing of it chosen beforehand', () => {
    const text = textsOf(show(run, ['approve', 'deny'])).join('\n');
    expect(text).toContain('Approve: exactly this plan runs');
    expect(text).not.toContain('lass');
    expect(textsOf(show(run)).join('\n')).toContain('Break glass: start now, without the approvals it needs');
    expect(JSON.stringify(show(run))).not.toContain('initial_option');
  });

  it('has nothing to send where there is nothing to decide, and says why', () => {
    const view = show(run, [], { whyNot: 'You asked for this' });
    expect(view.submit).toBeUndefined();
    expect(view.private_metadata).toBeUndefined();
    expect(textsOf(view.blocks).join('\n')).toContain('You asked for this');
  });

  it('reads a decision as one about the plan that was shown', () => {
    const sent = submit(show(run), { [BLOCK.decision]: { chosen: 'approve' } });
    expect(parsePlanDecision(sent)).toEqual({
      ok: true,
      values: { run: 'RUN-31', digest, decision: 'approve', reason: '' },
    });
  });

  it('needs a decision, and a reason for those that others are told with a name', () => {
    const read = (chosen?: string) =>
      parsePlanDecision(submit(show(run), chosen === undefined ? {} : { [BLOCK.decision]: { chosen } }));
    expect(read()).toMatchObject({ errors: { [BLOCK.decision]: expect.any(String) } });
    expect(read('reboot')).toMatchObject({ errors: { [BLOCK.decision]: expect.any(String) } });
    expect(read('deny')).toMatchObject({ errors: { [BLOCK.reason]: expect.any(String) } });
    expect(read('break-glass')).toMatchObject({ errors: { [BLOCK.reason]: expect.any(String) } });
  });

  it('stays within what Slack takes with the worst data', () => {
    const plan = aPlan({
      target: aCommit({ subject: nasty(300), release: nasty(250) }),
      steps: Array.from({ length: 100 }, (_, index) =>
        aStep.run({ id: `s${index}`, title: nasty(300), command: nasty(9_000) }),
      ),
      blastRadius: aBlastRadius({ reasons: Array.from({ length: 30 }, () => nasty(300)) }),
    });
    const worst = aRun({ plan, reason: nasty(3_000) })
      .glassBrokenBy('U0A', nasty(900))
      .replan('branch-moved', {
        ...plan,
        parameters: { a: 'b' },
      });
    expect(
      validateView(
        show(worst.build(), ALL, { notice: escapeText(nasty(900)), whyNot: escapeText(nasty(900)) }),
      ),
    ).toEqual([]);
  });
});
