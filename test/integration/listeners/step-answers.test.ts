import { describe, expect, it } from 'vitest';
import { loadRun } from '../../../src/engine/streams/runs.ts';
import { encodeButton } from '../../../src/slack/kit/button-values.ts';
import { BLOCK, stepActionId, VIEW } from '../../../src/slack/kit/ids.ts';
import { APPROVER, aDoor, type DoorWorld, ROBIN } from '../../support/door-world.ts';
import { aRun } from '../../support/run-builder.ts';
import { textsOf, validateView } from '../../support/slack-rules.ts';

const DEPLOY = encodeButton({ run: 'RUN-31', step: 'deploy', attempt: 1 });

/** A run whose step "Deploy it" failed; `ROBIN` may decide about it, `APPROVER` may not. */
async function aFailedStep(): Promise<DoorWorld> {
  const door = await aDoor();
  const events = aRun()
    .started()
    .didSteps(['rollback'])
    .startStep('deploy')
    .finishStep('deploy', { outcome: 'failed', summary: 'the command ended with exit code 3' })
    .events();
  for (const event of events) {
    const { stream, actor, at, version } = event;
    const index = version === 1 ? [{ kind: 'open' as const }] : [];
    await door.store.append({ stream, expectedVersion: version - 1, at, actor, events: [event], index });
  }
  return door;
}

const run = async (door: DoorWorld) => {
  const found = await loadRun(door, 'RUN-31');
  if (found === undefined) throw new Error('no run');
  return found;
};
const shown = ({ views }: DoorWorld) => {
  const view = views.at(-1);
  if (view === undefined) throw new Error('no modal');
  return view;
};

describe('Skip', () => {
  it('says what it means for this run and asks for a reason before it does anything', async () => {
    const door = await aFailedStep();
    await door.press(stepActionId('skip'), DEPLOY);
    const form = shown(door);
    expect(form.callback_id).toBe(VIEW.skipForm);
    expect(() => validateView(form)).not.toThrow();
    const text = textsOf(form.blocks).join('\n');
    expect(text).toContain('*Deploy it* failed: the command ended with exit code 3');
    expect(text).toContain('the step after it runs all the same');
    expect(text).toContain('nobody will know from it that v1.3.0 runs');
    expect((await run(door)).status).toBe('waiting');
  });

  it('needs the reason, and keeps it with the name', async () => {
    const door = await aFailedStep();
    await door.press(stepActionId('skip'), DEPLOY);
    const form = shown(door);
    expect(await door.send(form, { [BLOCK.reason]: { value: '  ' } })).toMatchObject({
      response_action: 'errors',
      errors: { [BLOCK.reason]: expect.stringContaining('Say why') },
    });
    expect(await door.send(form, { [BLOCK.reason]: { value: 'deployed by hand' } })).toBeUndefined();
    expect((await run(door)).steps[1]).toMatchObject({
      status: 'skipped',
      decided: { by: { id: ROBIN }, decision: 'skip', reason: 'deployed by hand' },
    });
  });

  it('is refused before a reason is typed to whoever may not decide', async () => {
    const door = await aFailedStep();
    await door.press(stepActionId('skip'), DEPLOY, APPROVER);
    expect(door.views).toEqual([]);
    expect(door.seen.at(-1)).toMatchObject({ in: 'private', text: expect.stringContaining('`responder`') });
  });

  it('is judged again when it is sent: by whoever sends it, and by what happened meanwhile', async () => {
    const door = await aFailedStep();
    await door.press(stepActionId('skip'), DEPLOY);
    const form = shown(door);
    const reason = { [BLOCK.reason]: { value: 'deployed by hand' } };
    await door.send(form, reason, APPROVER);
    expect((await run(door)).status).toBe('waiting');
    await door.press(stepActionId('retry'), DEPLOY);
    await door.send(form, reason);
    expect(textsOf(shown(door).blocks).join('\n')).toContain(
      `<@${ROBIN}> has answered that already: tried again`,
    );
    expect((await run(door)).steps[1]?.status).toBe('pending');
  });
});

describe('Abort', () => {
  it('ends the run as failed, with who did it and why', async () => {
    const door = await aFailedStep();
    await door.press(stepActionId('abort'), DEPLOY);
    const form = shown(door);
    expect(form.callback_id).toBe(VIEW.abortForm);
    expect(() => validateView(form)).not.toThrow();
    await door.send(form, { [BLOCK.reason]: { value: 'the disk is full' } });
    expect(await run(door)).toMatchObject({
      status: 'failed',
      ending: 'aborted at “Deploy it”: the disk is full',
    });
  });

  it('may go without a reason', async () => {
    const door = await aFailedStep();
    await door.press(stepActionId('abort'), DEPLOY);
    await door.send(shown(door), {});
    expect(await run(door)).toMatchObject({ status: 'failed', ending: 'aborted at “Deploy it”' });
  });
});

it('tells who presses an answered step again by whom and how it was decided', async () => {
  const door = await aFailedStep();
  await door.press(stepActionId('retry'), DEPLOY);
  for (const decision of ['retry', 'skip', 'abort'] as const) {
    await door.press(stepActionId(decision), DEPLOY);
    expect(door.seen.at(-1)).toMatchObject({
      in: 'private',
      text: expect.stringContaining(`<@${ROBIN}> has answered that already: tried again`),
    });
  }
  expect(door.views).toEqual([]);
});
