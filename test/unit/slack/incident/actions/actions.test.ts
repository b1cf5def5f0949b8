import { expect, it } from 'vitest';
import { SLACK_ACTIONS } from '../../../../../src/slack/incident/actions/actions.ts';
import { incidentFormOffer } from '../../../../../src/slack/incident/open-form.ts';
import { ACTION, incidentActionId, incidentFormId, VIEW } from '../../../../../src/slack/kit/ids.ts';
import { actionsOf } from '../../../../support/read-message.ts';

const repeated = (names: readonly string[]) => names.filter((name, index) => names.indexOf(name) !== index);
const presses = SLACK_ACTIONS.map(({ press }) => press);

it('each action is there once, and its ids are those of nothing else', () => {
  expect(repeated([...Object.values(ACTION), ...presses.map(incidentActionId)])).toEqual([]);
  expect(repeated([...Object.values(VIEW), ...presses.map(incidentFormId)])).toEqual([]);
});

it('a form is offered by the button of its action, with words for where it stands alone', () => {
  const [update] = actionsOf(incidentFormOffer('update', { incident: 'INC-12' }));
  expect(update).toMatchObject({ action_id: incidentActionId('update'), text: { text: 'Give an update' } });
  const [reopen] = actionsOf(incidentFormOffer('reopen', { incident: 'INC-12' }));
  expect(reopen).toMatchObject({ action_id: incidentActionId('reopen'), text: { text: 'Reopen' } });
});
