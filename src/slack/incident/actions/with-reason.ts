import type { Incident } from '../../../domain/incident/incident.ts';
import type { IncidentCommand } from '../../../engine/incident/act.ts';
import { type Modal, modal, section } from '../../kit/block-kit.ts';
import { BLOCK, VIEW } from '../../kit/ids.ts';
import { textField } from '../../kit/inputs.ts';
import type { ParsedForm } from '../../kit/parsed-form.ts';
import { oneLine, slackDate } from '../../kit/text.ts';
import { type IncidentOrder, orderMetadata, orderOr, readOrder } from '../forms/order.ts';

const LONGEST = 1_000;

/** A form about an incident that asks for one text. */
type ReasonForm = {
  readonly view: (incident: Incident) => Modal;
  readonly parse: (view: unknown) => ParsedForm<IncidentOrder>;
};

/** Resolving asks for a summary. */
export const resolveForm = reasonForm({
  callback: VIEW.resolveForm,
  title: (incident) => `Resolve ${incident.id}`,
  submit: 'Resolve',
  intro: () => 'Ends the timers, the escalation and the updates, and tells everybody that it is over.',
  block: BLOCK.summary,
  label: 'What was it, and what ended it?',
  missing: 'Sum it up in a sentence or two: it goes into the all-clear.',
  command: (summary) => ({ press: 'resolve', summary }),
});

export const reopenForm = reasonForm({
  callback: VIEW.reopenForm,
  title: (incident) => `Reopen ${incident.id}`,
  submit: 'Reopen',
  intro: ({ severity }) => `It goes on as ${severity}: its timers, escalation and updates start anew.`,
  block: BLOCK.reason,
  label: 'Why?',
  missing: 'Say what came back, so that others can follow.',
  command: (reason) => ({ press: 'reopen', reason }),
});

/** Holding the automatic rollback. */
export const holdRollbackForm = reasonForm({
  callback: VIEW.holdRollbackForm,
  title: () => 'Hold the rollback',
  submit: 'Hold rollback',
  intro: ({ automaticRollback }) =>
    automaticRollback === null
      ? 'It will not start by itself.'
      : `It would start ${slackDate(automaticRollback.at)}. Held, it starts only when somebody presses Go now.`,
  block: BLOCK.reason,
  label: 'Why?',
  missing: 'Say why, so that others can follow.',
  command: (reason) => ({ press: 'hold-rollback', reason }),
});

function reasonForm(form: {
  readonly callback: string;
  readonly title: (incident: Incident) => string;
  readonly submit: string;
  readonly intro: (incident: Incident) => string;
  readonly block: string;
  readonly label: string;
  readonly missing: string;
  readonly command: (text: string) => IncidentCommand;
}): ReasonForm {
  return {
    view: (incident) =>
      modal({
        callback: form.callback,
        title: form.title(incident),
        submit: form.submit,
        close: 'Cancel',
        metadata: orderMetadata(incident.id),
        blocks: [
          section(`*${incident.id}* ${oneLine(incident.title, 150)}\n${form.intro(incident)}`),
          textField({ block: form.block, label: form.label, longest: LONGEST, multiline: true }),
        ],
      }),
    parse: (view) => {
      const { text, incident } = readOrder(view);
      const given = text(form.block);
      const errors = given === '' ? { [form.block]: form.missing } : {};
      return orderOr(errors, { incident, command: form.command(given) });
    },
  };
}
