import { describe, expect, it } from 'vitest';
import { rollbackHelpMessage } from '../../../../src/slack/run/help-message.ts';
import { runListMessage } from '../../../../src/slack/run/list.ts';
import { nasty } from '../../../support/nasty-text.ts';
import { aCommit, aPlan } from '../../../support/plan-builder.ts';
import { aRun, START } from '../../../support/run-builder.ts';
import { textsOf, validateMessage } from '../../../support/slack-rules.ts';

it('help tells beside the commands what a person may press, and what they may not ask for', () => {
  const lines = [{ command: '/rollback list', does: 'the latest rollbacks' }];
  const help = (may: boolean) =>
    rollbackHelpMessage({ lines, may: { request: may, approve: may, decide: may } });
  expect(help(true).text).toBe(
    '`/rollback list` the latest rollbacks\n\nYou may approve and deny requests.\nYou may decide about failed steps.',
  );
  expect(help(false).text).toContain('Your roles don’t let you ask for rollbacks');
  expect(validateMessage(help(true))).toEqual([]);
});

describe('the list of rollbacks', () => {
  it('tells each in a line: state, what, by whom, when', () => {
    const runs = [aRun({ id: 'RUN-32' }).started().build(), aRun().deniedBy('U0B', 'no').build()];
    const text = textsOf(runListMessage(runs, { now: START + 60_000 }).blocks).join('\n');
    expect(text).toContain('*RUN-32* running · web-shop production → v1.3.0');
    expect(text).toContain('*RUN-31* denied');
    expect(text).toContain('<@U0REQUESTER>, 1 min ago');
  });

  it('tells what waits for the next deployment, and what was started in another way than usual', () => {
    const runs = [
      aRun({ incident: 'INC-12' }).deferred().build(),
      aRun().glassBrokenBy('U0ADMIN').build(),
      aRun().approvedByPolicy().build(),
    ];
    const text = textsOf(runListMessage(runs, { now: START + 60_000 }).blocks).join('\n');
    expect(text).toMatch(/RUN-31\* on the list for the next deployment .*INC-12/);
    expect(text).toContain('glass broken by <@U0ADMIN>');
    expect(text).toContain('approved by policy');
  });

  it('says what to do when there is none', () => {
    expect(runListMessage([], { now: START }).text).toContain('No rollbacks yet');
  });

  it('fits with many runs', () => {
    const plan = aPlan({ target: aCommit({ release: nasty(200) }) });
    const runs = Array.from({ length: 60 }, () => aRun({ plan }).build());
    expect(validateMessage(runListMessage(runs, { now: START }))).toEqual([]);
  });
});
