import { describe, expect, it } from 'vitest';
import { encodeButton } from '../../../src/slack/kit/button-values.ts';
import { ACTION, BLOCK, incidentActionId, SHORTCUT } from '../../../src/slack/kit/ids.ts';
import { aDoor, type DoorWorld } from '../../support/door-world.ts';

const shown = ({ views }: DoorWorld) => {
  const view = views.at(-1);
  if (view === undefined) throw new Error('no modal');
  return view;
};
const INCIDENT = encodeButton({ incident: 'INC-1' });

async function declared(): Promise<DoorWorld> {
  const door = await aDoor();
  await door.command('/incident checkout fails');
  await door.send(shown(door), { [BLOCK.severity]: { chosen: 'P1' }, [BLOCK.impact]: { value: 'All' } });
  return door;
}

/** Every way to a form. */
const WAYS: readonly (readonly [string, (door: DoorWorld) => Promise<unknown>])[] = [
  ['/rollback', (door) => door.command('/rollback')],
  ['/rollback shop', (door) => door.command('/rollback shop')],
  ['/incident', (door) => door.command('/incident')],
  ['/incident update', (door) => door.command('/incident update')],
  ['/incident roles', (door) => door.command('/incident roles')],
  ['the shortcut', (door) => door.shortcut(SHORTCUT.declare)],
  ['the message shortcut', (door) => door.messageShortcut(SHORTCUT.declareFromMessage, { text: 'x' })],
  ['a button of the card', (door) => door.press(incidentActionId('change-severity'), INCIDENT)],
  ['the offer of a rollback', (door) => door.press(ACTION.openRollbackForm, '{"service":"shop"}')],
  ['the offer of a declaration', (door) => door.press(ACTION.openDeclareForm, '{}')],
];

describe.each([
  ['expired_trigger_id', 'three seconds to open a form, and they were over'],
  ['trigger_expired', 'three seconds to open a form, and they were over'],
  ['exchanged_trigger_id', 'has opened a form already'],
  ['trigger_exchanged', 'has opened a form already'],
  ['ratelimited', 'could not be reached just now'],
  ['service_unavailable', 'could not be reached just now'],
])('a form that Slack doesn’t open (%s)', (error, why) => {
  it('is told of in a sentence that says what to do, whichever way led to it', async () => {
    const door = await declared();
    for (const [way, go] of WAYS) {
      const views = door.views.length;
      door.slack.inject({ method: 'views.open', kind: 'refused', error });
      await go(door);
      const told = door.seen.at(-1);
      expect(['private', 'direct'], way).toContain(told?.in);
      expect(told?.text, way).toContain(why);
      expect(told?.text, way).toMatch(/[Pp]ress/);
      expect(told?.text, way).not.toContain('something broke');
      expect(door.views.length, way).toBe(views);
    }
  });
});

it('what is no fault of Slack’s is not said to be one', async () => {
  const door = await declared();
  door.slack.inject({ method: 'views.open', kind: 'refused', error: 'invalid_arguments' });
  await door.press(incidentActionId('update'), INCIDENT);
  expect(door.seen.at(-1)?.text).toMatch(/something broke on Walkback's side.*`[0-9a-f]{8}`/s);
});

it.each(['not_found', 'view_not_found', 'no_view'])(
  'whoever closed a form that took long is told what came of it, where nothing else shows it: %s',
  async (error) => {
    const door = await aDoor({ patienceMs: 0 });
    await door.command('/incident checkout fails');
    door.slack.inject({ method: 'views.update', kind: 'refused', error });
    await door.send(shown(door), { [BLOCK.severity]: { chosen: 'P1' }, [BLOCK.impact]: { value: 'All' } });
    expect(door.seen.at(-1)).toEqual({
      in: 'private',
      text: expect.stringMatching(/\*INC-1\* is declared as P1\. Its card is in/),
    });
  },
);

it.each(['user_not_in_channel', 'is_archived', 'channel_not_found', 'message_not_found'])(
  'what can’t be shown where it was asked (%s) is told directly',
  async (error) => {
    const door = await declared();
    door.slack.inject({ method: 'chat.postEphemeral', kind: 'refused', error });
    await door.mention('incident list');
    expect(door.seen.at(-1)).toEqual({ in: 'direct', text: expect.stringContaining('INC-1') });
  },
);
