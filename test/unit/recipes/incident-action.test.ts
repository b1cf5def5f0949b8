import { afterAll, beforeAll, expect, it } from 'vitest';
import type { InboundRunner } from '../../../src/listeners/door/inbound.ts';
import type { Listening } from '../../../src/listeners/door/listening.ts';
import type { Router } from '../../../src/listeners/door/router.ts';
import { type ChangedSource, changedSource } from '../../support/changed-source.ts';
import { addToDomain, addToSlack } from '../../support/incident-action-recipe.ts';
import { anIncident } from '../../support/incident-builder.ts';
import { incidentTeam } from '../../support/incident-team.ts';
import { pressesOf } from '../../support/read-message.ts';
import { submit } from '../../support/submit-view.ts';

const TIME = 180_000;
const LEAD = { id: 'U0LEAD', roles: [] };
const incident = anIncident({ commander: LEAD.id }).acknowledgedBy(LEAD.id).build();
const context = { team: incidentTeam, other: undefined };
const asking = { person: LEAD, mayRespond: ['responder'], now: incident.declaredAt };

let source: ChangedSource;
beforeAll(async () => {
  source = await changedSource();
  await addToDomain(source);
  await addToSlack(source);
}, TIME);
afterAll(() => source.remove());

/** A module of the copy, which has what the original has, and more. */
const load = async <Module>(file: string): Promise<Module> => (await source.load(file)) as Module;

const commands = () =>
  load<typeof import('../../../src/domain/incident/actions/commands.ts')>(
    'domain/incident/actions/commands.ts',
  );

async function handOver() {
  const { SLACK_ACTIONS } = await load<typeof import('../../../src/slack/incident/actions/actions.ts')>(
    'slack/incident/actions/actions.ts',
  );
  const added = SLACK_ACTIONS.find(({ press }) => String(press) === 'hand-over');
  if (added?.kind !== 'form') throw new Error('no form for hand-over');
  return added;
}

it(
  'an action with a form is two new files and an entry in each registry, and that compiles',
  () => {
    expect(source.compile()).toEqual([]);
  },
  TIME,
);

it('its button stands on the card, where the registry has it and when it says so', async () => {
  const { cardButtons } =
    await load<typeof import('../../../src/slack/incident/buttons.ts')>('slack/incident/buttons.ts');
  const buttons = pressesOf({ text: '', blocks: cardButtons(incident) });
  expect(buttons.map(({ text }) => text)).toEqual([
    ...['Roll back…', 'Update', 'Resolve', 'Roles', 'Hand over', 'Change severity', 'Hold escalation'],
  ]);
  expect(buttons[4]).toMatchObject({ action: 'incident-hand-over', value: '{"incident":"INC-12"}' });
  expect(JSON.stringify(cardButtons(anIncident().build()))).not.toContain('Hand over');
});

it('what it asks comes back as its command, which is decided, and told', async () => {
  const { view, parse, outcome } = await handOver();
  const form = view(incident, { team: incidentTeam, person: LEAD, runs: [] });
  expect(form.callback_id).toBe('incident-hand-over-form');
  expect(parse(submit(form, { to: { user: null } }))).toEqual({
    ok: false,
    errors: { to: 'Choose a person.' },
  });
  const sent = parse(submit(form, { to: { user: 'U0KIM' } }));
  if (!sent.ok) throw new Error('the form was filled in');
  expect(sent.values).toEqual({ incident: 'INC-12', command: { press: 'hand-over', to: 'U0KIM' } });
  const { decideCommand } = await commands();
  const { command } = sent.values;
  expect(decideCommand(incident, asking, command, context)).toEqual({
    kind: 'accepted',
    events: [{ type: 'role.taken', payload: { role: 'commander', user: 'U0KIM' } }],
  });
  expect(outcome(incident, command)).toBe('<@U0KIM> leads *INC-12* now.');
});

it('who may not is refused before the form opens, and the timeline has words for it', async () => {
  const { press } = await handOver();
  const { whyNotPress, pressWords } = await commands();
  const stranger = { ...asking, person: { id: 'U0KIM', roles: ['responder'] } };
  expect(whyNotPress(press, incident, asking, context)).toBeUndefined();
  expect(whyNotPress(press, incident, stranger, context)).toMatchObject({
    refusal: { reason: 'not-commander' },
  });
  expect(pressWords('hand-over')).toBe('handing it over');
});

it('its button and its form are listened to', async () => {
  const heard: string[] = [];
  const router = {
    onButton: (id: string) => heard.push(id),
    onSubmission: (id: string) => heard.push(id),
  } as Partial<Router> as Router;
  const listening = {} as Listening;
  const inbound = {} as InboundRunner;
  const { listenToIncidentButtons } = await load<typeof import('../../../src/listeners/incident/buttons.ts')>(
    'listeners/incident/buttons.ts',
  );
  const { listenToIncidentForms } = await load<typeof import('../../../src/listeners/incident/forms.ts')>(
    'listeners/incident/forms.ts',
  );
  listenToIncidentButtons(router, listening, inbound);
  listenToIncidentForms(router, listening, inbound);
  expect(heard).toEqual(expect.arrayContaining(['incident-hand-over', 'incident-hand-over-form']));
});
