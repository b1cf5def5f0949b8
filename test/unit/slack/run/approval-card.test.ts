import { describe, expect, it } from 'vitest';
import type { Run } from '../../../../src/domain/run/run.ts';
import { ACTION } from '../../../../src/slack/kit/ids.ts';
import { approvalCard } from '../../../../src/slack/run/approval/card.ts';
import { nasty } from '../../../support/nasty-text.ts';
import { aBlastRadius, aCommit, aPlan, aStep, hashOf } from '../../../support/plan-builder.ts';
import { actionsOf } from '../../../support/read-message.ts';
import { aRun, START } from '../../../support/run-builder.ts';
import { textsOf, validateMessage } from '../../../support/slack-rules.ts';

const LINK = 'https://example.slack.com/archives/C1/p2';
const show = (run: Run, now = START) =>
  approvalCard(run, {
    serviceTitle: 'Web shop',
    mayApprove: ['UALEX', 'USAM'],
    link: LINK,
    now,
    text: 'production · <@U0REQUESTER>: a quarter of requests fail',
  });
const textOf = (run: Run, now?: number) => textsOf(show(run, now).blocks).join('\n');
const pressesOf = (run: Run, now?: number) => actionsOf(show(run, now)).map(({ action_id }) => action_id);
const withReasons = (reasons: readonly string[]) =>
  aRun({ plan: aPlan({ blastRadius: aBlastRadius({ verdict: 'red', reasons: [...reasons] }) }) }).build();

describe('while approval is awaited', () => {
  const run = aRun({
    plan: aPlan({ approval: { roles: ['approver', 'lead'], count: 2, requesterMayApprove: false } }),
  });

  it('offers Approve, Deny and View plan, naming the plan that is shown, and no way around them', () => {
    const buttons = actionsOf(show(run.build()));
    expect(buttons.map(({ action_id }) => action_id)).toEqual([ACTION.approve, ACTION.deny, ACTION.viewPlan]);
    expect(buttons[0]?.value).toContain(run.build().digest);
    expect(buttons[1]?.value).toContain(run.build().digest);
  });

  it('says before them only what goes to what, why, and the verdict; after them who may approve and until when', () => {
    const texts = textsOf(show(run.approvedBy('U0FIRST').build()).blocks);
    expect(texts.slice(0, 4)).toEqual([
      '🔔 Approve? Web shop: v1.4.0 → v1.3.0',
      ':large_orange_square: *P1* production · <@U0REQUESTER>: a quarter of requests fail',
      ':large_green_circle: no migration in what is undone, no lost fix, 1 commit',
      'Approve',
    ]);
    const text = texts.join('\n');
    expect(text).toContain('*1 of 2* approvals (<@U0FIRST>)');
    expect(text).toContain('<@UALEX> or <@USAM> (approver or lead) may approve, not the person who asked');
    expect(text).toContain('until <!date^');
  });

  it('says each fact once', () => {
    const text = textOf(aRun().build());
    for (const fact of ['v1.3.0', 'v1.4.0', 'P1', 'production', 'RUN-31', 'a quarter of requests fail'])
      expect(text.split(fact), fact).toHaveLength(2);
  });

  it('says so where nobody is left who may approve', () => {
    const card = approvalCard(run.build(), {
      ...{ serviceTitle: 'Web shop', mayApprove: [], link: '', now: START, text: 'asked' },
    });
    expect(textsOf(card.blocks).join('\n')).toContain(
      '*nobody may approve*: no one else is in approver or lead',
    );
  });

  it('names as many reasons of the verdict as fit, and says how many more there are', () => {
    const reasons = Array.from({ length: 30 }, (_, index) => `${index + 1} reasons to be careful`);
    expect(textOf(withReasons(reasons))).toContain(
      ':red_circle: 1 reasons to be careful; 2 reasons to be careful; 3 reasons to be careful; 4 reasons to be careful; …and 26 more in View plan',
    );
    expect(textOf(withReasons(['x'.repeat(400), 'y']))).toMatch(/x{109}…; …and 1 more in View plan/);
  });

  it('cuts a long reason and says where the rest is', () => {
    const card = approvalCard(aRun().build(), {
      ...{ serviceTitle: 'Web shop', mayApprove: [], link: '', now: START, text: 'word '.repeat(100) },
    });
    expect(textsOf(card.blocks)[1]).toMatch(/word … more in View plan$/);
  });

  it('keeps both ends of a long release name: releases differ at their ends', () => {
    const target = aCommit({ release: 'checkout-service-release-2026.01.04-final' });
    expect(textOf(aRun({ plan: aPlan({ target }) }).build())).toContain('checkout-s…01.04-final');
  });

  it('has no buttons that would be refused once the time is over', () => {
    const late = START + 31 * 60_000;
    expect(pressesOf(aRun().build(), late)).toEqual([ACTION.viewPlan]);
    expect(textOf(aRun().build(), late)).toContain('Nobody approved in time');
  });
});

describe('what is other than usual', () => {
  it('says who is asked as well once nobody approved in time, and before that who would be', () => {
    const plan = aPlan({ approval: { raiseTo: ['manager'] } });
    expect(textOf(aRun({ plan }).build())).toMatch(/ · after <!date[^>]*> manager may too/);
    const text = textOf(aRun({ plan }).raisedTo(['manager']).build());
    expect(text).toContain('*Nobody approved in time*');
    expect(text).toContain('(approver or manager) may approve');
    expect(text).toContain('until <!date');
  });

  it('names the incident', () => {
    expect(textOf(aRun({ incident: 'INC-12' }).build())).toContain(' · INC-12 · RUN-31');
  });

  it('says of one for the next deployment what it waits for, and offers to take it off', () => {
    const run = aRun({ plan: aPlan({ severity: 'P3' }) })
      .deferred()
      .build();
    expect(textOf(run)).toContain('📆 *For the next deployment* · Web shop: v1.4.0 → v1.3.0');
    expect(textOf(run)).toContain("P3 rollbacks don't run before that");
    expect(pressesOf(run)).toEqual([ACTION.cancelRun, ACTION.viewPlan]);
    expect(validateMessage(show(run))).toEqual([]);
  });

  it('says for good that the glass was broken, by whom and why', () => {
    const story = () => aRun().glassBrokenBy('U0ADMIN', 'nobody <answers>');
    for (const run of [
      story().build(),
      story().started().didSteps(['rollback', 'deploy', 'healthy']).succeeded().build(),
    ]) {
      expect(textOf(run)).toContain('v1.3.0 (glass broken)');
      expect(textOf(run)).toMatch(
        /Started without approvals: glass broken by <@U0ADMIN> <!date.*: nobody &lt;answers&gt;/,
      );
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
    expect(textOf(run)).toContain('Approved by policy: P0, 30 minutes without a fix, INC-12');
    expect(validateMessage(show(run))).toEqual([]);
  });
});

describe('a plan that replaced another', () => {
  const replanned = aPlan({ deployed: aCommit({ hash: hashOf('hotfix'), release: null }) });

  it('says why it needs approval again', () => {
    const text = textOf(aRun().approvedBy('U0A').replan('branch-moved', replanned).build());
    expect(text).toContain('*Needs approval again*: somebody pushed to the branch since.');
    expect(text).not.toContain('had begun');
  });

  it('warns where work on the earlier plan had begun', () => {
    const run = aRun().started().startStep('rollback').replan('playbook-changed', replanned).build();
    expect(textOf(run)).toContain('Work on the earlier plan had begun');
  });
});

describe('once it is decided', () => {
  const running = () => aRun().started().startStep('rollback');
  const failed = () => running().finishStep('rollback', { outcome: 'failed' });
  const manual = aPlan({ steps: [aStep.manual(), aStep.http()] });
  const timer = aPlan({ steps: [aStep.wait(), aStep.http()] });
  const APPROVED = 'Approved by <@U0APPROVER> (approver) <!date';
  const stands: readonly (readonly [string, Run, string])[] = [
    [
      '⛔ *Denied*',
      aRun().deniedBy('U0B', 'wait for <Ada>').build(),
      'Denied by <@U0B>: wait for &lt;Ada&gt;',
    ],
    ['⌛ *Expired*', aRun().expired().build(), 'Nobody approved in time'],
    ['⏳ *Approved*', aRun().approvedBy('U0APPROVER').build(), APPROVED],
    [
      '🚫 *Cancelled*',
      aRun().cancelRequestedBy('U0C', 'not needed').cancelled('not needed').build(),
      'Cancelled by <@U0C>: not needed',
    ],
    ['🔄 *Rolling back*', running().build(), APPROVED],
    ['🔄 *Rolling back*', failed().decide('rollback', 'retry').build(), APPROVED],
    ['⚠️ *Needs a decision*', failed().build(), APPROVED],
    ['⚠️ *Needs a decision*', running().interruptStep('rollback').build(), APPROVED],
    [
      '✋ *Needs a person*',
      aRun({ plan: manual }).started().startStep('look').waitAt('look').build(),
      APPROVED,
    ],
    [
      '⏱️ *Rolling back*',
      aRun({ plan: timer })
        .started()
        .startStep('settle')
        .waitAt('settle', '2026-01-05T03:01:00.000Z')
        .build(),
      APPROVED,
    ],
    ['✋ *Cancelling*', running().cancelRequestedBy('U0C').build(), APPROVED],
    ['🚫 *Cancelled*', running().cancelRequestedBy('U0C').cancelled('no need').build(), APPROVED],
    ['✅ *Done*', aRun().started().didSteps(['rollback', 'deploy', 'healthy']).succeeded().build(), APPROVED],
    ['❔ *Ended, not proven*', failed().decide('rollback', 'skip').succeeded().build(), APPROVED],
    ['❌ *Failed*', failed().failed('rollback', 'aborted').build(), APPROVED],
  ];

  it.each(stands)(
    'two lines tell how it stands and who decided, with the way to its card: %s',
    (sign, run, decided) => {
      const card = show(run);
      const [text = ''] = textsOf(card.blocks);
      const [standing, who, ...more] = text.split('\n');
      expect(standing).toBe(`${sign} · Web shop: v1.4.0 → v1.3.0`);
      expect(who).toContain(decided);
      expect(who).toContain(`<${LINK}|RUN-31>`);
      expect(more).toEqual([]);
      expect(card.text).toBe(text);
      expect(pressesOf(run)).toEqual([ACTION.viewPlan]);
      expect(validateMessage(card)).toEqual([]);
    },
  );
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
    link: LINK,
    mayApprove: Array.from({ length: 300 }, (_, index) => `U0${index}`),
    now: START,
    text: 'x'.repeat(5_000),
  });
  expect(validateMessage(card)).toEqual([]);
});
