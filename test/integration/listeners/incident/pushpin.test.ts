import { expect, it } from 'vitest';
import { incidentEvents } from '../../../../src/engine/streams/incidents.ts';
import { ACTION, BLOCK } from '../../../../src/slack/kit/ids.ts';
import { ALERTS } from '../../../support/alert-messages.ts';
import { APPROVER, aDoor, type DoorWorld } from '../../../support/door-world.ts';

const reactions = ({ slack }: DoorWorld) =>
  slack.calls.filter(({ method }) => method === 'reactions.add').map((call) => call.arguments['name']);

const notes = async (door: DoorWorld) =>
  (await incidentEvents(door, 'INC-1')).flatMap((event) =>
    event.type === 'timeline.noted' ? [event.payload] : [],
  );

/** An incident that was declared from the message at 1.1, so that its thread is the incident's. */
async function declaredFrom(message: object = {}): Promise<DoorWorld> {
  const door = await aDoor({ message });
  await door.press(ACTION.openDeclareForm, JSON.stringify({ threadTs: '1.1', title: 'Checkout fails' }));
  const form = door.views.at(-1);
  if (form === undefined) throw new Error('no form');
  await door.send(form, { [BLOCK.severity]: { chosen: 'P1' }, [BLOCK.impact]: { value: 'All' } });
  return door;
}

it('a message that is put on the timeline shows it, pinned once or twice', async () => {
  const door = await declaredFrom();
  await door.pin();
  await door.pin();
  expect((await notes(door)).map(({ text }) => text)).toEqual(['Look at this']);
  expect(reactions(door)).toEqual(['memo', 'memo']);
});

it('an alert without a text of its own is noted as people see it, by the name of its app', async () => {
  const { message } = ALERTS['Alertmanager: all in one attachment'] ?? {};
  const door = await declaredFrom({ ...message, user: undefined });
  await door.pin();
  const [noted] = await notes(door);
  expect(noted?.text).toContain('[FIRING:1] HighErrorRate (shop prod critical)\nerror rate > 5% on checkout');
  expect(noted?.by).toBe('Prometheus');
});

it.each(['missing_scope', 'already_reacted', 'too_many_reactions'])(
  'it is on the timeline whatever becomes of the reaction: %s',
  async (error) => {
    const door = await declaredFrom();
    door.slack.inject({ method: 'reactions.add', kind: 'refused', error });
    await door.pin();
    expect(await notes(door)).toHaveLength(1);
    const warned = door.logged.some(({ message }) => message === 'a pushpin got no reaction');
    expect(warned).toBe(error !== 'already_reacted');
    expect(JSON.stringify(door.seen)).not.toContain('broke');
  },
);

it('so it is while Slack is away', async () => {
  const door = await declaredFrom();
  door.slack.inject({ method: 'reactions.add', kind: 'status', status: 503 });
  await door.pin();
  expect(await notes(door)).toHaveLength(1);
});

it('who may not is told why, where they pinned it, and no reaction says otherwise', async () => {
  const door = await declaredFrom();
  const before = door.seen.length;
  await door.pin(APPROVER);
  expect(await notes(door)).toEqual([]);
  expect(reactions(door)).toEqual([]);
  expect(door.seen.slice(before)).toEqual([
    { in: 'private', text: expect.stringMatching(/isn't on the timeline: That needs the role `responder`/) },
  ]);
});

it('a pushpin on a message of no incident, or on one that was deleted, means nothing', async () => {
  const door = await aDoor();
  await door.pin();
  const deleted = await declaredFrom({ subtype: 'tombstone', text: 'This message was deleted.' });
  await deleted.pin();
  expect([...reactions(door), ...reactions(deleted)]).toEqual([]);
  expect(door.seen).toEqual([]);
});
