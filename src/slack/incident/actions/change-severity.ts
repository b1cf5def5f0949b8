import type { Incident } from '../../../domain/incident/incident.ts';
import { Severity } from '../../../domain/severity.ts';
import type { Team } from '../../../domain/team/team.ts';
import { type Modal, modal } from '../../kit/block-kit.ts';
import { BLOCK, VIEW } from '../../kit/ids.ts';
import { textField } from '../../kit/inputs.ts';
import type { ParsedForm } from '../../kit/parsed-form.ts';
import { type IncidentOrder, orderMetadata, orderOr, readOrder } from '../forms/order.ts';
import { severityBlocks } from '../forms/severity-choices.ts';

const LONGEST_REASON = 1_000;

/** Asks for another severity, with the criteria of each. */
export const severityFormView = (incident: Incident, team: Pick<Team, 'severities'>): Modal =>
  modal({
    callback: VIEW.severityForm,
    title: `Severity of ${incident.id}`,
    submit: 'Change',
    close: 'Cancel',
    metadata: orderMetadata(incident.id, { [BLOCK.severity]: incident.severity }),
    blocks: [
      ...severityBlocks(team, incident.severity),
      textField({
        block: BLOCK.reason,
        label: 'Why?',
        hint: 'Approvals, timers and the ladder follow the new severity at once.',
        longest: LONGEST_REASON,
        multiline: true,
      }),
    ],
  });

export function parseSeverityForm(view: unknown): ParsedForm<IncidentOrder> {
  const { given, incident } = readOrder(view);
  const to = Severity.safeParse(given(BLOCK.severity)).data;
  const reason = given(BLOCK.reason);
  const errors = {
    ...(to === undefined ? { [BLOCK.severity]: 'Choose a severity.' } : {}),
    ...(reason === '' ? { [BLOCK.reason]: 'Say why, so that others can follow.' } : {}),
  };
  return orderOr(errors, to && { incident, command: { press: 'change-severity', to, reason } });
}
