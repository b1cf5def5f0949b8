import { describe, expect, it } from 'vitest';
import { assessBlastRadius } from '../../../../src/domain/blast-radius.ts';
import type { Run } from '../../../../src/domain/run.ts';
import { approvalCard } from '../../../../src/slack/cards/approval-card.ts';
import { ACTION } from '../../../../src/slack/ids.ts';
import { nasty } from '../../../support/nasty-text.ts';
import { aBlastRadius, aCommit, aPlan, aStep, hashOf } from '../../../support/plan-builder.ts';
import { actionsOf } from '../../../support/read-message.ts';
import { aRun, START } from '../../../support/run-builder.ts';
import { textsOf, validateMessage } from '../../../support/slack-rules.ts';

const show = (run: Run, now = START) =>
  approvalCard(run, { serviceTitle: 'Web shop', now, text: '<@U0REQUESTER> asks to roll back Web shop' });
const textOf = (run: Run, now?: number) => textsOf(show(run, now).blocks).join('\n');

describe('while approval is awaited', () => {
  const run = aRun({
    plan: aPlan({ approval: { roles: ['approver', 'lead'], count: 2, requesterMayApprove: false } }),
  });

  it('offers Approve, Deny and View plan, naming the plan that is shown', () => {
    const buttons = actionsOf(show(run.build()));
    expect(buttons.map(({ action_id }) => action_id)).toEqual([ACTION.approve, ACTION.deny, ACTION.viewPlan]);
    expect(buttons[0]?.value).toContain(run.build().digest);
  });

  it('says what would happen, who may approve and until when', () => {
    const text = textOf(run.approvedBy('U0FIRST').build());
    expect(text).toContain('v1.3.0');
    expect(text).toContain('v1.4.0');
    expect(text).toContain('*1 of 2* approvals (<@U0FIRST>)');
    expect(text).toContain('by approver or lead, not by who asked');
    expect(text).toContain('<!date^');
    expect(text).toContain('1. Roll the branch back');
    expect(text).toContain(':ballot_box_with_check: Issue documented');
    expect(text).toContain(':white_square_button: State backed up');
  });

  it('puts migrations and lost fixes before anything else that would be undone', () => {
    const blastRadius = assessBlastRadius({
      commits: [aCommit({ subject: 'Fix the login', author: 'Grace Hopper' })],
      commitCount: 31,
      files: ['db/migrations/7.sql'],
      fileCount: 40,
      migrations: ['db/migrations/7.sql'],
    });
    const text = textOf(aRun({ plan: aPlan({ blastRadius }) }).build());
    expect(text).toContain(
      ':red_circle: *Blast radius*: 1 database migration in the range; 1 fix would be lost',
    );
    expect(text).toMatch(
      /Migrations in the range[\s\S]*Fix the login[\s\S]*31 commits undone\* by Grace Hopper/,
    );
    expect(text).toContain('…and 30 more');
  });

  it('has no buttons that would be refused once the time is over', () => {
    const late = START + 31 * 60_000;
    expect(actionsOf(show(aRun().build(), late)).map(({ action_id }) => action_id)).toEqual([
      ACTION.viewPlan,
    ]);
    expect(textOf(aRun().build(), late)).toContain('Nobody approved in time');
  });
});

describe('a plan that replaced another', () => {
  const replanned = aPlan({ deployed: aCommit({ hash: hashOf('hotfix'), release: null }) });

  it('says why it needs approval again', () => {
    const text = textOf(aRun().approvedBy('U0A').replan('branch-moved', replanned).build());
    expect(text).toContain('Needs approval again');
    expect(text).toContain('somebody pushed to the branch');
    expect(text).not.toContain('had begun');
  });

  it('warns where work on the earlier plan had begun', () => {
    const run = aRun().started().startStep('rollback').replan('playbook-changed', replanned).build();
    expect(textOf(run)).toContain('Work on the earlier plan had begun');
  });
});

describe('when it is decided', () => {
  const outcomes: readonly (readonly [string, Run, string])[] = [
    ['denied', aRun().deniedBy('U0B', 'wait for <Ada>').build(), 'Denied by <@U0B>: wait for &lt;Ada&gt;'],
    ['expired', aRun().expired().build(), 'Nobody approved in time'],
    ['approved', aRun().approvedBy('U0A').build(), 'Approved by <@U0A> (approver)'],
    ['running', aRun().started().startStep('rollback').build(), 'Approved by <@U0APPROVER>'],
    [
      'cancelled',
      aRun().cancelRequestedBy('U0C', 'not needed').cancelled('not needed').build(),
      'Cancelled by <@U0C>: not needed',
    ],
  ];

  it.each(outcomes)('%s: tells the outcome first and offers no decision', (_name, run, text) => {
    const card = show(run);
    expect(textsOf(card.blocks)[1]).toContain(text);
    expect(actionsOf(card).map(({ action_id }) => action_id)).toEqual([ACTION.viewPlan]);
    expect(validateMessage(card)).toEqual([]);
  });
});

it('stays within what Slack takes with the worst data', () => {
  const commits = Array.from({ length: 50 }, (_, index) =>
    aCommit({ hash: hashOf(`${index}`), subject: nasty(300), author: nasty(120), release: nasty(80) }),
  );
  const plan = aPlan({
    target: aCommit({ subject: nasty(300), release: nasty(250) }),
    deployed: aCommit({ hash: hashOf('deployed'), subject: nasty(300), release: nasty(250) }),
    playbook: { name: 'roll-back', title: nasty(75), fileDigest: 'a'.repeat(64) },
    steps: Array.from({ length: 100 }, (_, index) => aStep.run({ id: `s${index}`, title: nasty(300) })),
    blastRadius: aBlastRadius({
      commits,
      commitCount: 500,
      authors: Array.from({ length: 50 }, () => nasty(100)),
      files: Array.from({ length: 100 }, () => nasty(300)),
      fileCount: 3_000,
      migrations: Array.from({ length: 100 }, () => nasty(300)),
      lostFixes: Array.from({ length: 50 }, () => nasty(300)),
      reasons: Array.from({ length: 8 }, () => nasty(300)),
    }),
  });
  const run = aRun({ plan, reason: nasty(3_000) })
    .deniedBy('U0B', nasty(3_000))
    .build();
  const card = approvalCard(run, { serviceTitle: nasty(300), now: START, text: 'x'.repeat(5_000) });
  expect(validateMessage(card)).toEqual([]);
});
