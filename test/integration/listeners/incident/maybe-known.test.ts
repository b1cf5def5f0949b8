import { describe, expect, it } from 'vitest';
import { incidentEvents, loadIncident } from '../../../../src/engine/streams/incidents.ts';
import { encodeButton } from '../../../../src/slack/kit/button-values.ts';
import { ACTION, BLOCK, SHORTCUT } from '../../../../src/slack/kit/ids.ts';
import { APPROVER, aDoor, type DoorWorld } from '../../../support/door-world.ts';
import { validateView } from '../../../support/slack-rules.ts';
import type { Answers } from '../../../support/submit-view.ts';

const TYPED: Answers = {
  [BLOCK.title]: { value: 'Checkout <gives> 500' },
  [BLOCK.severity]: { chosen: 'P1' },
  [BLOCK.services]: { ticked: [] },
  [BLOCK.impact]: { value: 'Nobody can pay' },
};
const shown = ({ views }: DoorWorld) => {
  const view = views.at(-1);
  if (view === undefined) throw new Error('no modal');
  return view;
};
const known = (door: DoorWorld) => door.store.recent('incident', 9);

/** Checkout fails, as somebody has declared before; then somebody else types the same in other words. */
async function declaredBefore(title = 'Checkout fails') {
  const door = await aDoor();
  await declare(door, { ...TYPED, [BLOCK.title]: { value: title } });
  return door;
}

async function declare(door: DoorWorld, answers = TYPED, user?: string): Promise<unknown> {
  await door.command('/incident', user);
  return door.send(shown(door), answers, user);
}

const choose = (door: DoorWorld, choice: string, more: Answers = {}) =>
  door.send(shown(door), { ...TYPED, ...more, [BLOCK.known]: { chosen: choice } });

describe('a declaration that may be known', () => {
  it('is asked about before anything is kept: which, how urgent, how old, who leads; with all that was typed', async () => {
    const door = await declaredBefore();
    await declare(door);
    expect(await known(door)).toEqual(['INC-1']);
    const question = shown(door);
    expect(validateView(question)).toEqual([]);
    const text = door.seen.at(-1)?.text ?? '';
    for (const part of ['nobody was called', '*INC-1* P1', 'Checkout fails', 'led by <@U1RESPONDER>', 'ago'])
      expect(text).toContain(part);
    expect(JSON.stringify(question)).toContain('"initial_value":"Checkout <gives> 500"');
    expect(JSON.stringify(question)).toContain('"initial_value":"Nobody can pay"');
  });

  it('joins the one that it is: what was typed comes to that, and nobody declares anything', async () => {
    const door = await declaredBefore();
    await declare(door);
    expect(await choose(door, 'INC-1', { [BLOCK.severity]: { chosen: 'P0' } })).toBeUndefined();
    expect(await known(door)).toEqual(['INC-1']);
    const event = (await incidentEvents(door, 'INC-1')).at(-1);
    expect(event).toMatchObject({
      ...{ type: 'incident.reported-again', actor: { kind: 'user', id: 'U1RESPONDER' } },
      payload: { title: 'Checkout <gives> 500', severity: 'P0', services: [], impact: 'Nobody can pay' },
    });
    expect(door.seen.at(-1)).toEqual({ in: 'private', text: expect.stringContaining('joined *INC-1*') });
    expect((await loadIncident(door, 'INC-1'))?.severity).toBe('P1');
  });

  it('declares another one with what was typed, and does not ask about the same ones again', async () => {
    const door = await declaredBefore();
    await declare(door);
    expect(await choose(door, 'another')).toBeUndefined();
    expect(await loadIncident(door, 'INC-2')).toMatchObject({
      ...{ title: 'Checkout <gives> 500', impact: 'Nobody can pay', distinctFrom: ['INC-1'] },
    });
  });

  it('asks again where one more was declared meanwhile that it may be', async () => {
    const door = await declaredBefore();
    await declare(door);
    const question = shown(door);
    await door.command('/incident', APPROVER);
    await declare(door, { ...TYPED, [BLOCK.title]: { value: 'Payments and checkout' } });
    await choose(door, 'another');
    expect(await known(door)).toHaveLength(2);
    await door.send(question, { ...TYPED, [BLOCK.known]: { chosen: 'another' } });
    expect(await known(door)).toHaveLength(2);
    expect(door.seen.at(-1)?.text).toContain('*INC-2*');
    await choose(door, 'another');
    expect(await known(door)).toHaveLength(3);
  });

  it('does not join what is over by then: it says so, keeps what was typed, and then declares it', async () => {
    const door = await declaredBefore();
    await declare(door);
    const question = shown(door);
    await door.command('/incident resolve 1');
    await door.send(shown(door), { [BLOCK.summary]: { value: 'It is back' } });
    await door.send(question, { ...TYPED, [BLOCK.known]: { chosen: 'INC-1' } });
    expect(door.seen.at(-1)?.text).toContain('INC-1 was not joined');
    expect(await known(door)).toEqual(['INC-1']);
    const form = shown(door);
    expect(validateView(form)).toEqual([]);
    expect(JSON.stringify(form)).toContain('"initial_value":"Checkout <gives> 500"');
    expect(JSON.stringify(form)).not.toContain('It is INC-1');
    await door.send(form, TYPED);
    expect(await known(door)).toEqual(['INC-2', 'INC-1']);
  });

  it('takes nobody in who may not work on incidents, and no incident that there is not', async () => {
    const door = await declaredBefore();
    await declare(door);
    const question = shown(door);
    await door.send(question, { ...TYPED, [BLOCK.known]: { chosen: 'INC-1' } }, 'U9NOBODY');
    await door.send(question, { ...TYPED, [BLOCK.known]: { chosen: 'INC-99 <!channel>' } });
    expect(door.seen.at(-1)?.text).not.toContain('<!channel>');
    const types = (await incidentEvents(door, 'INC-1')).map(({ type }) => type);
    expect(types).not.toContain('incident.reported-again');
    expect(await known(door)).toEqual(['INC-1']);
  });

  it('wants an answer to the question', async () => {
    const door = await declaredBefore();
    await declare(door);
    expect(await door.send(shown(door), TYPED)).toMatchObject({
      ...{ response_action: 'errors', errors: { [BLOCK.known]: 'Say which it is.' } },
    });
  });
});

it('whatever is another matter is declared at once, though a P0 is open', async () => {
  const door = await declaredBefore('Mails are late');
  expect(await declare(door)).toBeUndefined();
  expect(await known(door)).toEqual(['INC-2', 'INC-1']);
});

it('the same is asked from the shortcut and from a mention', async () => {
  const door = await declaredBefore();
  await door.shortcut(SHORTCUT.declare);
  await door.send(shown(door), TYPED);
  expect(door.seen.at(-1)?.text).toContain('may be known already');
  await door.press(ACTION.openDeclareForm, encodeButton({}));
  await door.send(shown(door), TYPED);
  expect(door.seen.at(-1)?.text).toContain('may be known already');
  expect(await known(door)).toEqual(['INC-1']);
});
