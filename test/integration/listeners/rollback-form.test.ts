import { expect, it } from 'vitest';
import { loadRun } from '../../../src/engine/streams/runs.ts';
import { encodeButton } from '../../../src/slack/kit/button-values.ts';
import { ACTION, BLOCK, VIEW } from '../../../src/slack/kit/ids.ts';
import { APPROVER, aDoor, type DoorWorld } from '../../support/door-world.ts';
import { selectOf } from '../../support/read-view.ts';
import { textsOf, validateView } from '../../support/slack-rules.ts';

const shown = ({ views }: DoorWorld) => {
  const view = views.at(-1);
  if (view === undefined) throw new Error('no modal');
  return view;
};
const textOf = (door: DoorWorld) => textsOf(shown(door).blocks).join('\n');

it('the main job: one command, one field, two presses', async () => {
  const door = await aDoor();
  await door.command('/rollback shop v1.0.0 checkout fails');
  await door.send(shown(door), { [BLOCK.severity]: { chosen: 'P1' } });
  const asked = await loadRun(door, 'RUN-1');
  expect(asked).toMatchObject({ status: 'awaiting_approval', reason: 'checkout fails' });
  const value = encodeButton({ run: 'RUN-1', digest: asked?.digest ?? '' });
  await door.press(ACTION.approve, value, APPROVER);
  expect(await loadRun(door, 'RUN-1')).toMatchObject({ status: 'queued', plan: { severity: 'P1' } });
});

it('in an incident of the service there is nothing left to fill in', async () => {
  const door = await aDoor();
  await door.command('/incident checkout fails');
  await door.send(shown(door), {
    [BLOCK.severity]: { chosen: 'P1' },
    [BLOCK.services]: { ticked: ['shop'] },
    [BLOCK.impact]: { value: 'Nobody can pay' },
  });
  await door.command('/rollback shop');
  expect(textOf(door)).toContain('It belongs to *INC-1* P1: checkout fails. That severity counts.');
  await door.send(shown(door), {});
  expect(await loadRun(door, 'RUN-1')).toMatchObject({
    ...{ incident: 'INC-1', reason: 'INC-1: checkout fails' },
    plan: { severity: 'P1', target: { release: 'v1.0.0' } },
  });
});

it('tells what is deployed, what would be undone and who is on it, before anything is filled in', async () => {
  const door = await aDoor();
  await door.command('/rollback shop');
  expect(validateView(shown(door))).toEqual([]);
  expect(textOf(door)).toMatch(/\*Web shop\*\n\*v1\.1\.0 \([0-9a-f]{7}\)\* is deployed\./);
  expect(textOf(door)).toMatch(
    /\*Back to v1\.0\.0 \([0-9a-f]{7}\)\*\n[\s\S]*\*1 commit undone\*[\s\S]*Release 1\.1/,
  );
  expect(selectOf(shown(door), BLOCK.severity)?.initial_option).toBeUndefined();
  expect(textOf(door)).not.toContain('is on it since');
  await door.send(shown(door), {
    [BLOCK.severity]: { chosen: 'P0' },
    [BLOCK.reason]: { value: 'Checkout fails' },
  });
  await door.command('/rollback shop');
  expect(textOf(door)).toMatch(/RUN-1 by <@U1RESPONDER> is on it since/);
});

it('a target that is none is told at once, and stays to be mended', async () => {
  const door = await aDoor();
  await door.command('/rollback shop v9.9.9 checkout fails');
  expect(shown(door).callback_id).toBe(VIEW.rollbackForm);
  expect(textOf(door)).toContain(':warning: `v9.9.9` is not a commit or tag');
  expect(selectOf(shown(door), BLOCK.target)?.initial_option?.value).toBe('v9.9.9');
});
