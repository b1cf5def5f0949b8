import { expect, it } from 'vitest';
import { FORMER_PRESSES } from '../../../../src/domain/incident/actions/commands.ts';
import { movesName } from '../../../../src/domain/incident/deployed.ts';
import { loadIncident } from '../../../../src/engine/streams/incidents.ts';
import { encodeButton } from '../../../../src/slack/kit/button-values.ts';
import { incidentActionId, incidentFormId, VIEW } from '../../../../src/slack/kit/ids.ts';
import { APPROVER, aDoor, ROBIN } from '../../../support/door-world.ts';
import { anIncident } from '../../../support/incident-builder.ts';
import { keepStory } from '../../../support/keep-story.ts';

const ROLL_BACK = incidentActionId('roll-back');

/** A P0 whose rollback the policy is about to start. */
async function planned() {
  const door = await aDoor();
  const story = anIncident({ severity: 'P0', services: ['shop'] }).deployed('v1.1.0', 'v1.0.0', {
    service: 'shop',
  });
  await keepStory(door.store, story);
  const press = (value: object, user: string) =>
    door.press(ROLL_BACK, JSON.stringify({ incident: 'INC-12', ...value }), user);
  const outcome = async () => (await loadIncident(door, 'INC-12'))?.automaticRollback?.outcome;
  return { door, story, press, outcome, moves: movesName(story.build()) };
}

it('starts at once what it said, by who may approve it; a second press starts nothing more', async () => {
  const { door, press, outcome, moves } = await planned();
  await press({ moves }, APPROVER);
  expect(await outcome()).toBe('triggered');
  await press({ moves }, APPROVER);
  expect(door.views).toEqual([]);
  expect(door.seen).toEqual([{ in: 'private', text: expect.stringContaining('has begun, or is off') }]);
});

it('opens the form for who may not approve it, and starts nothing', async () => {
  const { door, press, outcome, moves } = await planned();
  await press({ moves }, ROBIN);
  expect(door.views.at(-1)?.callback_id).toBe(VIEW.rollbackForm);
  expect(await outcome()).toBe('planned');
});

it('starts nothing where something else is deployed than it said', async () => {
  const { door, press, outcome } = await planned();
  await press({ moves: 'of-earlier' }, APPROVER);
  expect(await outcome()).toBe('planned');
  expect(door.seen).toEqual([{ in: 'private', text: expect.stringContaining('changed since you saw it') }]);
});

it('drawn when nothing was planned, opens the form though something is planned by now: nobody was asked whether they are sure', async () => {
  const { door, press, outcome } = await planned();
  await press({}, APPROVER);
  expect(await outcome()).toBe('planned');
  expect(door.seen.at(-1)?.in).toBe('modal');
});

it('of an earlier version does nothing, and says which one to press', async () => {
  const { door, outcome } = await planned();
  for (const former of FORMER_PRESSES)
    await door.press(incidentActionId(former), encodeButton({ incident: 'INC-12' }), APPROVER);
  expect(await outcome()).toBe('planned');
  expect(door.seen).toEqual(
    FORMER_PRESSES.map(() => ({
      in: 'private',
      text: expect.stringContaining('Press *Roll back* on the card of INC-12'),
    })),
  );
});

it('what is folded away is pressed as what it is; what can be no button of ours is answered', async () => {
  const { door } = await planned();
  const action = incidentActionId('change-severity');
  await door.choose(JSON.stringify({ action, value: encodeButton({ incident: 'INC-12' }) }));
  expect(door.views.at(-1)?.callback_id).toBe(incidentFormId('change-severity'));
  await door.choose('something else');
  await door.choose(JSON.stringify({ action: 'of-yesterday', value: '{}' }));
  expect(door.seen.slice(1)).toEqual(
    Array(2).fill({ in: 'private', text: expect.stringContaining('another version of Walkback') }),
  );
});
