import { describe, expect, it } from 'vitest';
import { loadIncident } from '../../../src/engine/streams/incidents.ts';
import { loadRun } from '../../../src/engine/streams/runs.ts';
import { ACTION, BLOCK, SHORTCUT, VIEW } from '../../../src/slack/kit/ids.ts';
import { ALERTS } from '../../support/alert-messages.ts';
import { APPROVER, aDoor, type DoorWorld, ROBIN } from '../../support/door-world.ts';
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

const BY = [
  ['command', (door: DoorWorld, about: string, text: string) => door.command(`/${about} ${text}`)],
  ['mention', (door: DoorWorld, about: string, text: string) => door.mention(`${about} ${text}`)],
] as const;

const HELP_IN_MANY_DRESSES = [
  '—help',
  '–help',
  '“help”',
  '`help`',
  'help!',
  ':pray: help',
  'help :pray:',
  'he\u200blp',
];

const SHOP_IN_MANY_DRESSES = [
  'shop v1.0.0',
  '“Shop” ‘v1.0.0’',
  'SHOP, v1.0.0.',
  '`shop` `v1.0.0`',
  '\u00a0shop\u00a0v1.0.0\u200b',
  ':warning: shop v1.0.0 :fire:',
  '<http://shop|shop> v1.0.0',
  'Web Shop v1.0.0',
  '“web–shop” v1.0.0',
];

describe.each(BY)('what phones, editors and Slack make of a text that is typed by %s', (_by, type) => {
  it('help helps in every dress', async () => {
    const door = await aDoor();
    for (const typed of HELP_IN_MANY_DRESSES) {
      await type(door, 'rollback', typed);
      expect(last(door), typed).toContain('ask for a rollback');
    }
  });

  it('a service and a target are found in every dress', async () => {
    const door = await aDoor();
    for (const typed of SHOP_IN_MANY_DRESSES) {
      await type(door, 'rollback', `plan ${typed}`);
      expect(last(door), typed).toMatch(/Web shop/);
      expect(last(door), typed).not.toMatch(/don't know|not a commit|took no notice|can't be a target/);
    }
  });

  it('runs, incidents and severities are found in the same dress', async () => {
    const door = await aDoor();
    await declare(door);
    await type(door, 'incident', 'severity INC–1 “P2”: “few are hit”');
    expect(await incident(door)).toMatchObject({ severity: 'P2' });
    await type(door, 'incident', 'update: “looking into it”');
    expect((await incident(door))?.lastUpdate?.done).toBe('looking into it');
    await type(door, 'rollback', 'status “RUN–9”');
    expect(last(door)).toContain("don't know a rollback `RUN-9`");
  });
});

it('a service is found by a title of several words', async () => {
  const door = await aDoor();
  await door.command('/rollback “web shop” v1.0.0 “it’s broken”');
  expect(selectOf(shown(door), BLOCK.target)?.initial_option?.text.text).toContain('v1.0.0');
  expect(JSON.stringify(shown(door))).toContain('"initial_value":"it’s broken"');
});

const TITLES = [
  ['“checkout is broken”', 'checkout is broken'],
  [':fire: *checkout* is broken', '*checkout* is broken'],
  ['“a” and “b” fail', '“a” and “b” fail'],
  ['shop.io – it’s down', 'shop.io – it’s down'],
  ['<http://shop.io|shop.io> is down', 'shop.io is down'],
] as const;

it('a title is what was said, by command and by mention', async () => {
  const door = await aDoor();
  for (const [typed, title] of TITLES) {
    await door.command(`/incident ${typed}`);
    expect(JSON.stringify(shown(door))).toContain(JSON.stringify(title));
    await door.mention(`incident ${typed}`);
    expect(last(door)).toContain(`Press the button to declare “${title}”`);
  }
});

it('what is typed into the field for a target is read the same way', async () => {
  const door = await aDoor();
  await door.command('/rollback shop');
  const answers = { [BLOCK.severity]: { chosen: 'P0' }, [BLOCK.reason]: { value: 'broken' } };
  await door.send(shown(door), { ...answers, [BLOCK.commit]: { value: ' “v1.0.0”.\u200b' } });
  expect(await loadRun(door, 'RUN-1')).toMatchObject({ plan: { target: { release: 'v1.0.0' } } });
});

it.each(Object.entries(ALERTS))(
  'the form is filled in from an alert by the shortcut and in its thread: %s',
  async (_shape, alert) => {
    const { message, title, holds } = alert;
    const door = await aDoor({ message: { user: undefined, text: undefined, ...message } });
    await door.messageShortcut(SHORTCUT.declareFromMessage, message);
    const [byShortcut] = [JSON.stringify(shown(door))];
    if (title !== '') expect(byShortcut).toContain(`"initial_value":${JSON.stringify(title)}`);
    for (const part of holds) expect(byShortcut).toContain(JSON.stringify(part).slice(1, -1));
    await door.mention('incident', ROBIN, { thread_ts: '1.1' });
    await door.press(ACTION.openDeclareForm, JSON.stringify({ threadTs: '1.1' }));
    expect(shown(door).blocks).toEqual(JSON.parse(byShortcut).blocks);
  },
);

it.each(BY)('a role that is named is taken, or given, at once, by %s', async (_by, type) => {
  const door = await aDoor();
  await declare(door);
  await type(door, 'incident', 'roles “Comms”');
  expect(last(door)).toContain(`<@${ROBIN}> is communications of *INC-1* now.`);
  await type(door, 'incident', 'roles INC-1 subject expert <@U7KIM>');
  await type(door, 'incident', 'roles scribe me');
  expect((await incident(door))?.roles).toMatchObject({
    ...{ communications: ROBIN, 'subject-expert': 'U7KIM', scribe: ROBIN },
  });
  await type(door, 'incident', 'roles scribe');
  expect(last(door)).toContain('is scribe already');
});
