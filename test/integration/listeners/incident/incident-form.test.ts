import { expect, it } from 'vitest';
import { incidentEvents } from '../../../../src/engine/streams/incidents.ts';
import type { Listening } from '../../../../src/listeners/door/listening.ts';
import { incidentForm } from '../../../../src/listeners/incident/incident-form.ts';
import { incidentFormId } from '../../../../src/slack/kit/ids.ts';
import { anIncidentWorld, type IncidentWorld, NOBODY, RESPONDER } from '../../../support/incident-world.ts';

type Form = Parameters<typeof incidentForm>[1]['form'];

const ask = async ({ deps }: IncidentWorld, form: Form, person = RESPONDER) =>
  incidentForm(deps as Partial<Listening> as Listening, {
    ...{ form, person, incident: 'INC-1', team: await deps.catalog.team() },
  });
const refusedPresses = async ({ deps }: IncidentWorld) =>
  (await incidentEvents(deps, 'INC-1')).flatMap((event) =>
    event.type === 'press.refused' ? [event.payload] : [],
  );

it('whoever could not send a form is refused before they type, recorded by the name of the press', async () => {
  const world = await anIncidentWorld();
  await world.declare();
  for (const form of ['change-severity', 'take-role'] as const)
    expect(await ask(world, form, NOBODY)).toMatchObject({ refusal: { reason: 'not-permitted' } });
  expect(await ask(world, 'hold-ladder')).toMatchObject({ refusal: { reason: 'not-commander' } });
  expect(await ask(world, 'reopen')).toMatchObject({ refusal: { reason: 'not-resolved' } });
  expect(await refusedPresses(world)).toEqual([
    { press: 'change-severity', refusal: 'not-permitted' },
    { press: 'take-role', refusal: 'not-permitted' },
    { press: 'hold-ladder', refusal: 'not-commander' },
    { press: 'reopen', refusal: 'not-resolved' },
  ]);
});

it('what was resolved can be reopened for a day, and nobody types a reason in vain afterwards', async () => {
  const world = await anIncidentWorld();
  await world.declare();
  await world.act({ press: 'resolve', summary: 'Mended' });
  expect(await ask(world, 'reopen')).toMatchObject({
    kind: 'form',
    view: { callback_id: incidentFormId('reopen') },
  });
  world.at(24 * 60);
  expect(await ask(world, 'reopen')).toMatchObject({ refusal: { reason: 'incident-closed' } });
});
