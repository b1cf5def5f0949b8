import { changeSeverity as definition } from '../../../domain/incident/actions/change-severity.ts';
import { isOver } from '../../../domain/incident/incident.ts';
import { Severity } from '../../../domain/severity.ts';
import { BLOCK } from '../../kit/ids.ts';
import { textField } from '../../kit/inputs.ts';
import { valuesOr } from '../forms/order.ts';
import { severityBlocks } from '../forms/severity-choices.ts';
import { withForm } from '../forms/with-form.ts';

const LONGEST_REASON = 1_000;

/** Asks for another severity, with the criteria of each. */
export const changeSeverity = withForm(definition, {
  button: { text: 'Change severity', onCard: { when: (incident) => !isOver(incident) } },
  title: 'Severity',
  heading: ({ id }) => `Severity of ${id}`,
  submit: 'Change',
  ask: (incident, { team, severity = incident.severity }) => ({
    shown: { [BLOCK.severity]: severity },
    blocks: [
      ...severityBlocks(team, severity),
      textField({
        block: BLOCK.reason,
        label: 'Why?',
        hint: 'Approvals, timers and the ladder follow the new severity at once.',
        longest: LONGEST_REASON,
        multiline: true,
      }),
    ],
  }),
  read: ({ given }) => {
    const to = Severity.safeParse(given(BLOCK.severity)).data;
    const reason = given(BLOCK.reason);
    const errors = {
      ...(to === undefined ? { [BLOCK.severity]: 'Choose a severity.' } : {}),
      ...(reason === '' ? { [BLOCK.reason]: 'Say why, so that others can follow.' } : {}),
    };
    return valuesOr(errors, to && { to, reason });
  },
  outcome: ({ id, severity }) => `*${id}* is ${severity} now. Approvals, timers and the ladder follow it.`,
});
