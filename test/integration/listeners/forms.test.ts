import { describe, expect, it } from 'vitest';
import { loadIncident } from '../../../src/engine/streams/incidents.ts';
import { loadRun } from '../../../src/engine/streams/runs.ts';
import { encodeButton } from '../../../src/slack/kit/button-values.ts';
import {
  ACTION,
  BLOCK,
  incidentActionId,
  incidentFormId,
  SHORTCUT,
  VIEW,
} from '../../../src/slack/kit/ids.ts';
import { APPROVER, aDoor, type DoorWorld } from '../../support/door-world.ts';
import { validateView } from '../../support/slack-rules.ts';

const shown = ({ views }: DoorWorld) => {
  const view = views.at(-1);
  if (view === undefined) throw new Error('no modal');
  return view;
};

const INCIDENT = encodeButton({ incident: 'INC-1' });
const ROLLBACK = {
  [BLOCK.reason]: { value: 'Checkout <fails>' },
  [BLOCK.commit]: { value: 'v1.0.0' },
  [BLOCK.severity]: { chosen: 'P0' },
};

async function declare(door: DoorWorld, title = 'Checkout fails'): Promise<unknown> {
  await door.command('/incident');
  return door.send(shown(door), {
    [BLOCK.title]: { value: title },
    [BLOCK.severity]: { chosen: 'P1' },
    [BLOCK.impact]: { value: 'Nobody can pay' },
  });
}

async function askForSeverity(door: DoorWorld) {
  await door.press(incidentActionId('change-severity'), INCIDENT);
  return shown(door);
}

describe('a form that is done', () => {
  it('closes, and nothing is left to close where the channel shows what came of it', async () => {
    const door = await aDoor();
    await declare(door);
    const form = await askForSeverity(door);
    const before = door.seen.length;
    const acknowledged = await door.send(form, {
      [BLOCK.severity]: { chosen: 'P2' },
      [BLOCK.reason]: { value: 'Few are hit' },
    });
    expect(acknowledged).toBeUndefined();
    expect(door.seen.slice(before)).toEqual([]);
    expect((await loadIncident(door, 'INC-1'))?.severity).toBe('P2');
  });

  it('tells where it was asked, when that is not where its card stands', async () => {
    const door = await aDoor();
    expect(await declare(door)).toBeUndefined();
    expect(door.seen.at(-1)).toEqual({
      in: 'private',
      text: expect.stringMatching(/\*INC-1\* is declared as P1\. Its card is in <#C024BE91L>/),
    });
  });

  it('tells directly who asked from nowhere, or from where nothing can be shown', async () => {
    const door = await aDoor();
    await door.shortcut(SHORTCUT.declare);
    const form = shown(door);
    const answers = {
      [BLOCK.title]: { value: 'Checkout fails' },
      [BLOCK.severity]: { chosen: 'P1' },
      [BLOCK.impact]: { value: 'Nobody can pay' },
    };
    await door.send(form, answers);
    expect(door.seen.at(-1)).toMatchObject({ in: 'direct', text: expect.stringContaining('*INC-1*') });
    door.slack.inject({ method: 'chat.postEphemeral', kind: 'refused', error: 'user_not_in_channel' });
    await declare(door, 'Mails are late');
    expect(door.seen.at(-1)).toMatchObject({ in: 'direct', text: expect.stringContaining('*INC-2*') });
  });

  it('that takes long says so, and then what came of it', async () => {
    const door = await aDoor({ patienceMs: 0 });
    await door.command('/rollback shop');
    await door.send(shown(door), ROLLBACK);
    expect(door.seen.slice(-2)).toEqual([
      { in: 'modal', text: expect.stringContaining('One moment…') },
      { in: 'modal', text: expect.stringContaining('*RUN-1* waits for approval') },
    ]);
  });
});

describe('a form that is refused', () => {
  it('stands again under why, with what was typed: the same severity', async () => {
    const door = await aDoor();
    await declare(door);
    await door.send(await askForSeverity(door), {
      [BLOCK.severity]: { chosen: 'P1' },
      [BLOCK.reason]: { value: 'It is worse' },
    });
    const again = shown(door);
    expect(validateView(again)).toEqual([]);
    expect(again.callback_id).toBe(incidentFormId('change-severity'));
    expect(door.seen.at(-1)?.text).toContain('It is P1 already');
    expect(JSON.stringify(again)).toContain('"initial_value":"It is worse"');
    await door.send(again, { [BLOCK.severity]: { chosen: 'P2' }, [BLOCK.reason]: { value: 'It is worse' } });
    expect((await loadIncident(door, 'INC-1'))?.severity).toBe('P2');
  });

  it('likewise: a target that is none, a denial by whom it is not for, a role that was taken back', async () => {
    const door = await aDoor();
    await door.command('/rollback shop');
    await door.send(shown(door), { ...ROLLBACK, [BLOCK.commit]: { value: 'nowhere' } });
    expect(door.seen.at(-1)?.text).toContain('`nowhere` is not a commit or tag');
    expect(JSON.stringify(shown(door))).toContain('"initial_value":"nowhere"');
    expect(JSON.stringify(shown(door))).toContain('"initial_value":"Checkout <fails>"');
    await door.send(shown(door), ROLLBACK);
    const digest = (await loadRun(door, 'RUN-1'))?.digest ?? '';
    await door.press(ACTION.deny, encodeButton({ run: 'RUN-1', digest }), APPROVER);
    await door.send(shown(door), { [BLOCK.reason]: { value: 'Not at night' } });
    expect(shown(door).callback_id).toBe(VIEW.denyForm);
    expect(JSON.stringify(shown(door))).toContain('"initial_value":"Not at night"');
  });

  it('is told directly where the modal was closed meanwhile', async () => {
    const door = await aDoor({ patienceMs: 0 });
    await door.command('/rollback shop');
    const form = shown(door);
    for (const _ of [1, 2])
      door.slack.inject({ method: 'views.update', kind: 'refused', error: 'not_found' });
    await door.send(form, { ...ROLLBACK, [BLOCK.commit]: { value: 'nowhere' } });
    expect(door.seen.at(-1)).toEqual({
      in: 'direct',
      text: expect.stringContaining('`nowhere` is not a commit or tag'),
    });
  });
});

describe('a form that is being opened', () => {
  it('and was closed while it was loading is missed by nobody; that there is none is told all the same', async () => {
    const door = await aDoor();
    door.slack.inject({ method: 'views.update', kind: 'refused', error: 'not_found' });
    await door.command('/rollback shop');
    expect(door.seen).toEqual([{ in: 'modal', text: expect.stringContaining('One moment…') }]);
    await door.write(
      'walkback.yml',
      door.soundTeam.replace(/repository: .*/, 'repository: /nowhere/at/all.git'),
    );
    door.slack.inject({ method: 'views.update', kind: 'refused', error: 'not_found' });
    await door.command('/rollback shop');
    expect(door.seen.at(-1)).toMatchObject({
      in: 'private',
      text: expect.stringContaining('/nowhere/at/all.git'),
    });
  });

  it.each(['expired_trigger_id', 'trigger_expired', 'exchanged_trigger_id'])(
    'too late for Slack (%s) is offered by a button after a command, and asked for once more after a button',
    async (error) => {
      const door = await aDoor();
      door.slack.inject({ method: 'views.open', kind: 'refused', error });
      await door.command('/rollback shop v1.0.0');
      expect(door.seen).toEqual([{ in: 'private', text: expect.stringContaining('three seconds') }]);
      expect(door.seen[0]?.text).toContain('Open the rollback form');
      await declare(door);
      door.slack.inject({ method: 'views.open', kind: 'refused', error });
      await door.press(incidentActionId('update'), INCIDENT);
      expect(door.seen.at(-1)).toEqual({
        in: 'private',
        text: expect.stringContaining('press the button once more'),
      });
      expect(JSON.stringify(door.seen)).not.toContain('something broke');
    },
  );
});

describe('messages and modals of an earlier version', () => {
  it.each([
    ['incident-severity', 'change-severity'],
    ['incident-roles', 'take-role'],
    ['ladder-hold', 'hold-ladder'],
  ] as const)('its button %s opens the form that there is now', async (former, press) => {
    const door = await aDoor();
    await declare(door);
    await door.press(former, INCIDENT);
    expect(shown(door).callback_id).toBe(incidentFormId(press));
  });

  it('its form is read where it says the same', async () => {
    const door = await aDoor();
    await declare(door);
    const form = { ...(await askForSeverity(door)), callback_id: 'incident-severity-form' };
    await door.send(form, { [BLOCK.severity]: { chosen: 'P2' }, [BLOCK.reason]: { value: 'Few are hit' } });
    expect((await loadIncident(door, 'INC-1'))?.severity).toBe('P2');
  });

  it('a form without a field that is asked for now says so, as Slack would take no complaint at that field', async () => {
    const door = await aDoor();
    await declare(door);
    const form = await askForSeverity(door);
    const lacking = { ...form, blocks: form.blocks.filter(({ block_id }) => block_id !== BLOCK.reason) };
    await door.send(lacking, { [BLOCK.severity]: { chosen: 'P2' } });
    expect(door.seen.at(-1)?.text).toContain('from another version of Walkback');
  });
});
