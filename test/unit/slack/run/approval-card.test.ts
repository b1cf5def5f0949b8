import { describe, expect, it } from 'vitest';
import { assessBlastRadius } from '../../../../src/domain/git/blast-radius.ts';
import type { Run } from '../../../../src/domain/run/run.ts';
import { ACTION } from '../../../../src/slack/kit/ids.ts';
import { approvalCard } from '../../../../src/slack/run/approval-card.ts';
import { nasty } from '../../../support/nasty-text.ts';
import { aBlastRadius, aCommit, aPlan, aRange, aStep, hashOf } from '../../../support/plan-builder.ts';
import { actionsOf } from '../../../support/read-message.ts';
import { aRun, START } from '../../../support/run-builder.ts';
import { textsOf, validateMessage } from '../../../support/slack-rules.ts';

const show = (run: Run, now = START) =>
  approvalCard(run, {
    serviceTitle: 'Web shop',
    severityTitle: 'High',
    mayApprove: ['UALEX', 'USAM'],
    now,
    text: '<@U0REQUESTER> asks to roll back Web shop',
  });
const textOf = (run: Run, now?: number) => textsOf(show(run, now).blocks).join('\n');

describe('while approval is awaited', () => {
  const run = aRun({
    plan: aPlan({ approval: { roles: ['approver', 'lead'], count: 2, requesterMayApprove: false } }),
  });

  it('offers Approve, Deny, View plan and Break glass, naming the plan that is shown', () => {
    const buttons = actionsOf(show(run.build()));
    expect(buttons.map(({ action_id }) => action_id)).toEqual([
      ACTION.approve,
      ACTION.deny,
      ACTION.viewPlan,
      ACTION.breakGlass,
    ]);
    expect(buttons[3]?.value).toContain(run.build().digest);
    expect(buttons[0]?.value).toContain(run.build().digest);
  });

  it('says what would happen, who may approve and until when', () => {
    const text = textOf(run.approvedBy('U0FIRST').build());
    expect(text).toContain('v1.3.0');
    expect(text).toContain('v1.4.0');
    expect(text).toContain('*1 of 2* approvals (<@U0FIRST>)');
    expect(text).toContain('<@UALEX> or <@USAM> (approver or lead) may approve, not the person who asked');
    expect(text).toContain('P1 High');
    expect(text).toContain('<!date^');
    expect(text).toContain('1. Roll the branch back');
    expect(text).toContain(':ballot_box_with_check: Issue documented');
    expect(text).toContain(':white_large_square: State backed up');
  });

  it('says so where nobody is left who may approve', () => {
    const card = approvalCard(run.build(), {
      ...{ serviceTitle: 'Web shop', severityTitle: 'High', mayApprove: [], now: START, text: 'asked' },
    });
    expect(textsOf(card.blocks).join('\n')).toContain(
      'nobody may approve: no one else is in approver or lead',
    );
  });

  it('says that what is deployed came of a rollback, since its commit has no release', () => {
    const deployed = aCommit({ release: null, subject: 'Roll back web-shop to v1.2.0 (1234567)' });
    expect(textOf(aRun({ plan: aPlan({ deployed }) }).build())).toContain(
      `*${deployed.hash.slice(0, 7)}* (a rollback commit)\nRoll back web-shop to v1.2.0`,
    );
  });

  it('puts migrations and lost fixes before anything else that would be undone', () => {
    const blastRadius = assessBlastRadius(
      aRange({
        commits: [aCommit({ subject: 'Fix the login', author: 'Grace Hopper' })],
        commitCount: 31,
        files: ['db/migrations/7.sql'],
        fileCount: 40,
        migrations: ['db/migrations/7.sql'],
      }),
    );
    const text = textOf(aRun({ plan: aPlan({ blastRadius }) }).build());
    expect(text).toContain(
      ':red_circle: *Blast radius*: 1 database migration would be undone; 1 fix would be lost',
    );
    expect(text).toMatch(
      /Migrations that would be undone[\s\S]*Fix the login[\s\S]*31 commits undone\* by Grace Hopper/,
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

describe('what is other than usual', () => {
  it('says who is asked as well once nobody approved in time, and before that who would be', () => {
    const plan = aPlan({ approval: { raiseTo: ['manager'] } });
    expect(textOf(aRun({ plan }).build())).toMatch(
      / · if it is not approved by <!date[^>]*>, manager may approve too/,
    );
    const text = textOf(aRun({ plan }).raisedTo(['manager']).build());
    expect(text).toContain('*Nobody approved in time.* `manager` may approve as well now');
    expect(text).toContain('(approver or manager) may approve');
    expect(text).toContain('expires <!date');
  });

  it('names the incident', () => {
    expect(textOf(aRun({ incident: 'INC-12' }).build())).toContain('*Incident*\nINC-12');
  });

  it('says of one for the next deployment what it waits for, and offers to break the glass or take it off', () => {
    const card = show(
      aRun({ plan: aPlan({ severity: 'P3' }) })
        .deferred()
        .build(),
    );
    expect(textsOf(card.blocks).join('\n')).toContain("P3 rollbacks don't run before that");
    expect(actionsOf(card).map(({ action_id }) => action_id)).toEqual([
      ACTION.breakGlass,
      ACTION.cancelRun,
      ACTION.viewPlan,
    ]);
    expect(validateMessage(card)).toEqual([]);
  });

  it('says for good that the glass was broken, by whom and why', () => {
    const story = () => aRun().glassBrokenBy('U0ADMIN', 'nobody <answers>');
    const over = story().started().didSteps(['rollback', 'deploy', 'healthy']).succeeded();
    for (const run of [
      story().build(),
      story().cancelRequestedBy('U0C').cancelled('x').build(),
      over.build(),
    ]) {
      const [title] = textsOf(show(run).blocks);
      expect(title).toContain('(glass broken)');
      expect(textOf(run)).toMatch(/\*Glass broken\* by <@U0ADMIN> <!date.*: nobody &lt;answers&gt;/);
      expect(textOf(run)).toContain('Started without approvals');
    }
    const again = story()
      .replan('branch-moved', aPlan({ parameters: { a: 'b' } }))
      .build();
    expect(textOf(again)).toContain('for an earlier plan: nobody &lt;answers&gt;');
  });

  it('says that the policy approved, by what rule and for which incident', () => {
    const run = aRun({ plan: aPlan({ severity: 'P0' }) })
      .approvedByPolicy()
      .started()
      .build();
    expect(textOf(run)).toContain('*Approved by policy*: P0, 30 minutes without a fix, INC-12');
    expect(validateMessage(show(run))).toEqual([]);
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

describe('once it was approved', () => {
  const running = () => aRun().started().startStep('rollback');
  const failed = () => running().finishStep('rollback', { outcome: 'failed' });
  const manual = aPlan({ steps: [aStep.manual(), aStep.http()] });
  const timer = aPlan({ steps: [aStep.wait(), aStep.http()] });
  const stands: readonly (readonly [string, Run])[] = [
    ['✅ Approved: roll back Web shop', aRun().approvedBy('U0A').build()],
    ['🔄 Rolling back: Web shop', running().build()],
    ['🔄 Rolling back: Web shop', failed().decide('rollback', 'retry').build()],
    ['⚠️ Needs a decision: Web shop', failed().build()],
    ['⚠️ Needs a decision: Web shop', running().interruptStep('rollback').build()],
    [
      '✋ Needs a person: Web shop',
      aRun({ plan: manual }).started().startStep('look').waitAt('look').build(),
    ],
    [
      '🔄 Rolling back: Web shop',
      aRun({ plan: timer })
        .started()
        .startStep('settle')
        .waitAt('settle', '2026-01-05T03:01:00.000Z')
        .build(),
    ],
    ['✋ Cancelling: Web shop', running().cancelRequestedBy('U0C').build()],
    ['🚫 Cancelled: roll back Web shop', running().cancelRequestedBy('U0C').cancelled('no need').build()],
    ['✅ Done: Web shop is back on v1.3.0', aRun().started().succeeded().build()],
    ['❌ Failed: roll back Web shop', failed().failed('rollback', 'aborted').build()],
  ];

  it.each(stands)('tells how the run stands: %s', (headline, run) => {
    const card = show(run);
    const [title, outcome] = textsOf(card.blocks);
    expect(title).toBe(headline);
    expect(outcome).toContain('Approved by <@');
    expect(card.text.startsWith(headline)).toBe(true);
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
  const card = approvalCard(run, {
    serviceTitle: nasty(300),
    severityTitle: nasty(300),
    mayApprove: Array.from({ length: 300 }, (_, index) => `U0${index}`),
    now: START,
    text: 'x'.repeat(5_000),
  });
  expect(validateMessage(card)).toEqual([]);
});
