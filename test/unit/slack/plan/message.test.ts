import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../../src/domain/plan/plan.ts';
import { digestPlan } from '../../../../src/domain/plan/plan-digest.ts';
import { planMessage } from '../../../../src/slack/plan/message.ts';
import { runPlanView } from '../../../../src/slack/run/plan-view.ts';
import { nasty } from '../../../support/nasty-text.ts';
import { aPlan, aStep } from '../../../support/plan-builder.ts';
import { aRun } from '../../../support/run-builder.ts';
import { textsOf, validateMessage, validateView } from '../../../support/slack-rules.ts';

const viewOf = (plan: Plan) =>
  runPlanView(aRun({ plan }).build(), { serviceTitle: 'Web shop', mayApprove: [], may: [] });
const messageOf = (plan: Plan) => planMessage({ plan, digest: digestPlan(plan), serviceTitle: 'Web shop' });

describe('a plan', () => {
  const plan = aPlan({
    parameters: { region: 'eu-1' },
    steps: [aStep.git(), aStep.run(), aStep.manual(), aStep.wait(), aStep.http()],
  });

  it.each([
    ['as a modal', textsOf(viewOf(plan).blocks).join('\n')],
    ['as a message', textsOf(messageOf(plan).blocks).join('\n')],
  ])('%s shows exactly what each step does', (_name, text) => {
    expect(text).toContain(plan.target.hash);
    expect(text).toContain('git, method tree');
    expect(text).toContain(`only if it still points at ${plan.deployed.hash}`);
    expect(text).toContain('```\n./deploy.sh --quick\n```\n`in /srv/web-shop` · `REGION=eu-1`');
    expect(text).toContain('at most 2 min');
    expect(text).toContain('GET https://shop.example.com/health\nbody contains ok');
    expect(text).toContain('expects 200 within 2 s, 5 in a row, at most 30 attempts every 1 s');
    expect(text).toContain('wait 1 min');
    expect(text).toContain('region=eu-1');
  });

  it('keeps the password in a repository’s address to itself', () => {
    const step = aStep.git({ repository: 'https://bot:pa55word@git.example.com/shop.git' });
    const text = textsOf(viewOf(aPlan({ steps: [step] })).blocks).join('\n');
    expect(text).toContain('@git.example.com/shop.git');
    expect(text).not.toContain('pa55word');
  });

  it('keeps what an earlier version let into a check’s url or a variable to itself', () => {
    const steps = [
      aStep.run({ environment: { DEPLOY_TOKEN: 'hunter2hunter2' } }),
      aStep.http({ url: 'https://shop.example.com/health?api_key=hunter2hunter2' }),
    ];
    const text = textsOf(viewOf(aPlan({ steps })).blocks).join('\n');
    expect(text).toContain('GET https://shop.example.com/health?api_key=');
    expect(text).not.toContain('hunter2');
  });

  it('tells variables that are too long for a line whole, and none can pass for a command', () => {
    const environment = { LONG: 'x'.repeat(4_000), LINES: 'a`b\nrm -rf /' };
    const view = viewOf(aPlan({ steps: [aStep.run({ environment }), aStep.http()] }));
    const text = textsOf(view.blocks).join('\n');
    expect(text.match(/x/g)?.length).toBeGreaterThanOrEqual(4_000);
    expect(text).toContain('LINES=a`b\\nrm -rf /');
    expect(validateView(view)).toEqual([]);
    const short = aPlan({ steps: [aStep.run({ environment: { LINES: 'a`b\nrm' } }), aStep.http()] });
    expect(textsOf(viewOf(short).blocks).join('\n')).toContain('`LINES=aˋb\\nrm`');
  });

  it('as a message names the command that asks for just this', () => {
    expect(textsOf(messageOf(plan).blocks).at(-1)).toBe(
      'Nothing was started. To ask for it: `/rollback web-shop v1.3.0`',
    );
  });

  it('as a message says that nothing was started', () => {
    expect(messageOf(plan).text).toContain('Nothing was started');
  });
});

describe('a very large plan', () => {
  const command = Array.from({ length: 200 }, (_, line) => `echo ${line} ${'x'.repeat(60)}`).join('\n');

  it('shows a long command whole', () => {
    const text = textsOf(viewOf(aPlan({ steps: [aStep.run({ command }), aStep.http()] })).blocks).join('\n');
    for (const line of command.split('\n')) expect(text).toContain(line);
  });

  it.each([
    ['long commands', 12_000],
    ['short commands', 40],
  ])('of 100 steps with %s fits, and says what was left out', (_name, length) => {
    const steps = Array.from({ length: 100 }, (_, index) =>
      aStep.run({ id: `s${index}`, title: nasty(300), phase: nasty(60), command: nasty(length) }),
    );
    const view = viewOf(aPlan({ steps }));
    const message = messageOf(aPlan({ steps }));
    expect(validateView(view)).toEqual([]);
    expect(validateMessage(message)).toEqual([]);
    expect(textsOf(message.blocks).join('\n')).toMatch(/…and \d+ more steps/);
  });
});
