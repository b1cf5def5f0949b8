import { describe, expect, it } from 'vitest';
import type { Run } from '../../../../src/domain/run/run.ts';
import type { PlanStep } from '../../../../src/domain/steps/kinds.ts';
import { ACTION, stepActionId } from '../../../../src/slack/kit/ids.ts';
import { runCard, statusMessage } from '../../../../src/slack/run/card.ts';
import { nasty } from '../../../support/nasty-text.ts';
import { aPlan, aStep, hashOf } from '../../../support/plan-builder.ts';
import { actionsOf } from '../../../support/read-message.ts';
import { aRun, REQUESTER, START } from '../../../support/run-builder.ts';
import { textsOf, validateMessage } from '../../../support/slack-rules.ts';

type Options = { readonly now?: number; readonly tail?: string };

const show = (run: Run, { now = START, tail = '' }: Options = {}) =>
  runCard(run, { serviceTitle: 'Web shop', now, tail });
const textOf = (run: Run, options?: Options) => textsOf(show(run, options).blocks).join('\n');
const actionIds = (run: Run) => actionsOf(show(run)).map(({ action_id }) => action_id);

describe('what was other than usual on the way to the start', () => {
  it.each([
    ['(glass broken)', '*Glass broken* by <@U0ADMIN>', aRun().glassBrokenBy('U0ADMIN')],
    ['(by policy)', '*Approved by policy*: P1, 30 minutes without a fix, INC-12', aRun().approvedByPolicy()],
  ])('is told in the headline and below: %s', (mark, text, story) => {
    for (const run of [
      story.started().build(),
      story.startStep('rollback').failed('rollback', 'x').build(),
    ]) {
      expect(textsOf(show(run).blocks)[0]).toContain(mark);
      expect(textOf(run)).toContain(text);
      expect(
        textsOf(statusMessage(run, { serviceTitle: 'Web shop', now: START, tail: '' }).blocks).join('\n'),
      ).toContain(text);
    }
  });

  it('names the incident', () => {
    expect(textOf(aRun({ incident: 'INC-12' }).started().build())).toContain('RUN-31 · INC-12 · production');
  });
});

describe('while it runs', () => {
  const run = aRun().started().didSteps(['rollback'], 12_000).startStep('deploy').build();

  it('says first what is going on and how far it is', () => {
    const [headline, progress] = textsOf(show(run, { now: START + 72_000 }).blocks);
    expect(headline).toBe('🔄 Rolling back Web shop to v1.3.0');
    expect(progress).toBe('▓░░ *1/3* · 1 min 12 s of about 4 min');
  });

  it('warns when it takes longer than estimated', () => {
    expect(textOf(run, { now: START + 300_000 })).toContain('longer than estimated');
  });

  it('lists each step by phase with its state and duration', () => {
    const text = textOf(run, { now: START + 20_000 });
    expect(text).toContain(
      '*Roll back*\n:white_check_mark: Roll the branch back · 12 s\n:arrows_counterclockwise: *Deploy it* · 8 s',
    );
    expect(text).toContain('*Verify*\n:white_circle: The shop answers');
  });

  it('shows the last eight lines of output, which can neither ping nor break out', () => {
    const tail = [...Array.from({ length: 20 }, (_, index) => `line ${index}`), '``` <!channel>', ''].join(
      '\n',
    );
    const text = textOf(run, { tail });
    expect(text).toContain('line 19');
    expect(text).toContain('line 13\n');
    expect(text).not.toContain('line 12');
    expect(validateMessage(show(run, { tail }))).toEqual([]);
  });

  it('keeps the last line, whatever the lines before it take', () => {
    const run = aRun().started().startStep('rollback').build();
    const tail = [...Array.from({ length: 20 }, () => '&'.repeat(400)), `${'x'.repeat(400)} needs a ticket`];
    const shown = show(run, { tail: tail.join('\n') });
    expect(textsOf(shown.blocks).join('\n')).toContain('xxx needs a ticket\n```');
    expect(validateMessage(shown)).toEqual([]);
  });

  it('offers Cancel, which asks once more', () => {
    const [cancel, ...others] = actionsOf(show(run));
    expect(others).toEqual([]);
    expect(cancel).toMatchObject({
      action_id: ACTION.cancelRun,
      confirm: { title: { text: 'Cancel this rollback?' } },
    });
  });

  it('says who cancelled until the step in flight has stopped, and offers nothing more', () => {
    const cancelling = aRun().started().startStep('rollback').cancelRequestedBy(REQUESTER).build();
    expect(textOf(cancelling)).toContain(`<@${REQUESTER}> cancelled`);
    expect(actionIds(cancelling)).toEqual([]);
  });
});

describe('when a person has to decide', () => {
  it('offers Retry, Skip and Abort on a step that failed, with what it said', () => {
    const run = aRun()
      .started()
      .startStep('rollback')
      .finishStep('rollback', { outcome: 'failed', summary: 'exit code 7', tail: 'no such file' })
      .build();
    expect(actionIds(run)).toEqual([stepActionId('retry'), stepActionId('skip'), stepActionId('abort')]);
    expect(textOf(run)).toContain('failed: exit code 7');
    expect(textOf(run)).toContain('no such file');
    expect(actionsOf(show(run))[0]?.value).toBe('{"run":"RUN-31","step":"rollback","attempt":1}');
  });

  it('does not offer to skip a check', () => {
    const run = aRun()
      .started()
      .didSteps(['rollback', 'deploy'])
      .startStep('healthy')
      .finishStep('healthy', { outcome: 'failed' })
      .build();
    expect(actionIds(run)).toEqual([stepActionId('retry'), stepActionId('abort')]);
  });

  it('says that a step which was cut off may have taken effect', () => {
    const run = aRun().started().startStep('rollback').interruptStep('rollback').build();
    expect(textOf(run)).toContain('may have taken effect or not');
    expect(actionIds(run)).toEqual([stepActionId('retry'), stepActionId('skip'), stepActionId('abort')]);
  });

  it("shows what a person is to do, with Done and Can't do, before the list of steps", () => {
    const plan = aPlan({ steps: [aStep.manual(), aStep.http()] });
    const run = aRun({ plan }).started().startStep('look').waitAt('look').build();
    expect(actionIds(run)).toEqual([stepActionId('done'), stepActionId('cannot'), ACTION.cancelRun]);
    expect(textsOf(show(run).blocks)[0]).toBe('✋ Web shop: needs a person for “Look at the dashboard”');
    expect(textOf(run)).toContain('Are errors below 1 %?');
  });

  it('says since when it waits for a person, and blames no estimate', () => {
    const plan = aPlan({ steps: [aStep.manual(), aStep.http()] });
    const run = aRun({ plan }).started().startStep('look').waitAt('look').build();
    const text = textOf(run, { now: START + 3_600_000 });
    expect(text).toContain('*0/2* · waiting for a person (estimate 4 min)');
    expect(text).toContain(':hand: Look at the dashboard · since <!date^1767582000^');
    expect(text).not.toContain('1 h');
  });

  it('says until when it waits for time to pass', () => {
    const plan = aPlan({ steps: [aStep.wait(), aStep.http()] });
    const run = aRun({ plan })
      .started()
      .startStep('settle')
      .waitAt('settle', '2026-01-05T03:01:00.000Z')
      .build();
    expect(textOf(run)).toContain('Goes on <!date^1767582060^');
    expect(actionIds(run)).toEqual([ACTION.cancelRun]);
  });
});

describe('in the end', () => {
  const done = aRun()
    .started()
    .startStep('rollback')
    .finishStep('rollback', { commit: hashOf('new') })
    .didSteps(['deploy'])
    .startStep('healthy')
    .after(5_000)
    .finishStep('healthy', { summary: '5 good answers in a row' })
    .succeeded()
    .build();

  it('tells the new commit, the checks and how long it took, and offers nothing', () => {
    const text = textOf(done);
    expect(text).toContain('✅ Web shop is back on v1.3.0');
    expect(text).toContain(`New commit \`${hashOf('new').slice(0, 7)}\``);
    expect(text).toContain(
      '*Checks*: 1 of 1 passed\n:white_check_mark: The shop answers: 5 good answers in a row',
    );
    expect(text).toContain('took 15 s (estimate 4 min)');
    expect(actionIds(done)).toEqual([]);
  });

  it('of a run that was cancelled or unlocked tells who did it and why', () => {
    const run = aRun().started().cancelRequestedBy('U0SAM', 'its worker is gone').cancelled('lock broken');
    expect(textOf(run.build())).toContain('Cancelled by <@U0SAM>: its worker is gone\nNothing was pushed.');
    const silent = aRun().cancelRequestedBy('U0SAM').cancelled('taken back before it was approved');
    expect(textOf(silent.build())).toContain('Cancelled by <@U0SAM>: taken back before it was approved');
  });

  it('of a failure tells why, what was pushed and what was not checked', () => {
    const run = aRun()
      .started()
      .startStep('rollback')
      .finishStep('rollback', { outcome: 'failed', tail: 'remote: denied' })
      .decide('rollback', 'abort', 'the remote is gone')
      .failed('rollback', 'aborted at “Roll the branch back”: the remote is gone')
      .build();
    const text = textOf(run);
    expect(text).toContain(
      'Aborted by <@U0APPROVER> at “Roll the branch back”: the remote is gone\nNothing was pushed.\nChecks did not run.',
    );
    expect(text).toContain('remote: denied');
  });
});

it('as a status has no buttons', () => {
  const run = aRun().started().startStep('rollback').interruptStep('rollback').build();
  expect(actionsOf(statusMessage(run, { serviceTitle: 'Web shop', now: START, tail: '' }))).toEqual([]);
});

describe('with the worst data', () => {
  const phases = (count: number): PlanStep[] =>
    Array.from({ length: 100 }, (_, index) =>
      aStep.run({
        id: `s${index}`,
        title: nasty(300),
        phase: `${Math.floor(index / (100 / count))} ${nasty(58)}`,
      }),
    );
  const ids = Array.from({ length: 100 }, (_, index) => `s${index}`);
  const tail = Array.from({ length: 50 }, () => nasty(5_000)).join('\n');

  it.each([1, 2, 10, 50, 100])('stays within what Slack takes: 100 steps in %i phases', (count) => {
    const plan = aPlan({ steps: phases(count) });
    for (const at of [0, 1, 37, 50, 99]) {
      const story = () => aRun({ plan }).started().didSteps(ids.slice(0, at)).startStep(`s${at}`);
      const states = [
        story().build(),
        story()
          .finishStep(`s${at}`, { outcome: 'failed', summary: nasty(2_000), tail })
          .build(),
        story().finishStep(`s${at}`, { outcome: 'failed', tail }).failed(`s${at}`, nasty(3_000)).build(),
        story().cancelRequestedBy(REQUESTER, nasty(3_000)).cancelled(nasty(3_000)).build(),
      ];
      for (const run of states) {
        const card = runCard(run, { serviceTitle: nasty(300), now: START, tail });
        expect(validateMessage(card)).toEqual([]);
      }
    }
  });

  it('shows what is around the current step and folds the rest', () => {
    const steps = Array.from({ length: 100 }, (_, index) =>
      aStep.run({ id: `s${index}`, title: `Step ${index}`, phase: `Phase ${Math.floor(index / 10)}` }),
    );
    const run = aRun({ plan: aPlan({ steps }) })
      .started()
      .didSteps(ids.slice(0, 55), 1_000)
      .startStep('s55')
      .build();
    const text = textOf(run);
    expect(text).toContain(':white_check_mark: *Phase 4* · 10/10 · 10 s');
    expect(text).toContain('*Phase 5*\n…2 before\n:white_check_mark: Step 52 · 1 s');
    expect(text).toContain(':arrows_counterclockwise: *Step 55*');
    expect(text).toContain(':white_circle: *Phase 9* · 0/10');
    expect(text).not.toContain('Step 49');
  });
});
