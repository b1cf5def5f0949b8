import { expect, it } from 'vitest';
import { loadIncident } from '../../../src/engine/streams/incidents.ts';
import { ACTION, BLOCK, VIEW } from '../../../src/slack/kit/ids.ts';
import { APPROVER, aDoor, type DoorWorld } from '../../support/door-world.ts';
import { selectOf } from '../../support/read-view.ts';

const shown = ({ views }: DoorWorld) => {
  const view = views.at(-1);
  if (view === undefined) throw new Error('no modal');
  return view;
};
const last = ({ seen }: DoorWorld) => seen.at(-1)?.text ?? '';
const incident = (door: DoorWorld) => loadIncident(door, 'INC-1');

/** One command, one field, two presses: the severity, and Declare. */
async function declare(door: DoorWorld, title = 'checkout is broken'): Promise<void> {
  await door.command(`/incident ${title}`);
  expect(shown(door).callback_id).toBe(VIEW.declareForm);
  await door.send(shown(door), {
    [BLOCK.severity]: { chosen: 'P1' },
    [BLOCK.impact]: { value: 'Nobody can pay' },
  });
}

it('a title that was typed with the command is the incident’s', async () => {
  const door = await aDoor();
  await declare(door, 'load &gt; 90 &amp; <https://graph.example.com|rising> says <@U9KIM|kim>');
  expect(await incident(door)).toMatchObject({ title: 'load > 90 & rising says @kim', severity: 'P1' });
});

it('by mention the title is on the button, and in the form that it opens', async () => {
  const door = await aDoor();
  await door.mention('incident checkout is &lt;broken&gt;');
  expect(last(door)).toContain('Press the button to declare “checkout is &lt;broken&gt;”.');
  await door.press(ACTION.openDeclareForm, JSON.stringify({ title: 'checkout is <broken>' }));
  expect(JSON.stringify(shown(door))).toContain('"initial_value":"checkout is <broken>"');
});

it.each([
  ['mention', (door: DoorWorld, text: string) => door.mention(`incident ${text}`)],
  ['command', (door: DoorWorld, text: string) => door.command(`/incident ${text}`)],
] as const)('a text after a sub-command is done at once, by %s', async (_by, type) => {
  const door = await aDoor();
  await declare(door);
  const views = door.views.length;
  await type(door, 'update looking into it, load &gt; 90');
  expect(last(door)).toContain('Your update on *INC-1* is on its way');
  expect((await incident(door))?.lastUpdate).toMatchObject({
    status: 'investigating',
    done: 'looking into it, load > 90',
  });
  await type(door, 'severity 1 p2 few are hit');
  expect(await incident(door)).toMatchObject({ severity: 'P2' });
  await type(door, 'severity p2 few are hit');
  expect(last(door)).toContain('It is P2 already');
  await type(door, 'severity high');
  expect(last(door)).toContain('`high` is not a severity');
  await type(door, 'update 500 errors are gone');
  expect((await incident(door))?.lastUpdate?.done).toBe('500 errors are gone');
  await type(door, 'resolve INC-1 it was the cache');
  expect(await incident(door)).toMatchObject({ status: 'resolved' });
  await type(door, 'reopen it is back');
  expect(await incident(door)).toMatchObject({ status: 'investigating' });
  expect(door.views).toHaveLength(views);
});

it('a severity without a reason opens the form with it chosen', async () => {
  const door = await aDoor();
  await declare(door);
  await door.command('/incident severity P3');
  expect(JSON.stringify(shown(door))).toMatch(/"initial_option":\{"value":"P3"/);
});

it('who may not is refused, and nothing is done', async () => {
  const door = await aDoor();
  await declare(door);
  await door.command('/incident resolve all is well', APPROVER);
  expect(last(door)).toContain('That needs the role `responder`');
  expect(await incident(door)).toMatchObject({ status: 'investigating' });
});

it('a service is found but for capitals, and its form has the target and the reason that were typed', async () => {
  const door = await aDoor();
  await door.command('/rollback SHOP v1.0.0 it &lt;fails&gt;');
  expect(shown(door).callback_id).toBe(VIEW.rollbackForm);
  const target = selectOf(shown(door), BLOCK.target);
  expect(target?.initial_option?.text.text).toContain('v1.0.0');
  expect(JSON.stringify(shown(door))).toContain('"initial_value":"it <fails>"');
});

it('a form that opens beside words that were ignored says so as well', async () => {
  const door = await aDoor();
  await door.command('/rollback shp');
  expect(last(door)).toContain('Did you mean `shop`?');
  await door.command('/rollback status 9 now');
  expect(last(door)).toContain('I took no notice of `now`.');
});

it('cancel alone lists what this person may cancel', async () => {
  const door = await aDoor();
  await door.command('/rollback shop v1.0.0 broken');
  await door.send(shown(door), { [BLOCK.severity]: { chosen: 'P0' } });
  await door.command('/rollback cancel');
  expect(last(door)).toContain('Which one? Name it: `/rollback cancel RUN-1`');
  await door.command('/rollback cancel', APPROVER);
  expect(last(door)).toContain('There is nothing that you could cancel now.');
  await door.command('/rollback unlock', APPROVER);
  expect(last(door)).toMatch(/RUN-1 since .*`\/rollback unlock shop production REASON`/);
});
