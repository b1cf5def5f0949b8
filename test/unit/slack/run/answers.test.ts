import { describe, expect, it } from 'vitest';
import { helpMessage } from '../../../../src/slack/run/help.ts';
import { runListMessage } from '../../../../src/slack/run/list.ts';
import { nasty } from '../../../support/nasty-text.ts';
import { aCommit, aPlan } from '../../../support/plan-builder.ts';
import { aRun, START } from '../../../support/run-builder.ts';
import { textsOf, validateMessage } from '../../../support/slack-rules.ts';

describe('help', () => {
  const nobody = { request: false, approve: false, decide: false, unlock: false };

  it('names only what this person may do', () => {
    const text = helpMessage(nobody).text;
    expect(text).toContain('`/rollback list`');
    expect(text).toContain('`/rollback plan SERVICE [TARGET]`');
    expect(text).not.toContain('unlock');
    expect(text).not.toContain('cancel');
    expect(text).not.toContain('You may approve');
  });

  it('names commands as they work where it was asked', () => {
    const text = helpMessage(nobody, { command: '@walkback rollback' }).text;
    expect(text).toContain('`@walkback rollback list`');
    expect(text).not.toContain('/rollback');
  });

  it('names everything to somebody who may do everything', () => {
    const text = helpMessage({ request: true, approve: true, decide: true, unlock: true }).text;
    expect(text).toContain('`/rollback`');
    expect(text).toContain('`/rollback unlock SERVICE ENVIRONMENT REASON`');
    expect(text).toContain('You may approve and deny');
  });
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
