import { WorkingStatus } from '../../../domain/incident/events.ts';
import type { Incident } from '../../../domain/incident/incident.ts';
import { nameCommit } from '../../../domain/plan/plan.ts';
import { hasEnded, hasStarted, type Run } from '../../../domain/run/run.ts';
import { context, type Modal, modal } from '../../kit/block-kit.ts';
import { BLOCK, VIEW } from '../../kit/ids.ts';
import { select, textField } from '../../kit/inputs.ts';
import type { ParsedForm } from '../../kit/parsed-form.ts';
import { slackDate } from '../../kit/text.ts';
import { type IncidentOrder, orderMetadata, orderOr, readOrder } from '../forms/order.ts';

const LONGEST = 1_000;
const LONGEST_ETA = 150;

const STATUS_TEXT: Readonly<Record<WorkingStatus, string>> = {
  investigating: 'Investigating: the cause is not known yet',
  identified: 'Identified: the cause is known',
  mitigating: 'Mitigating: a fix or a rollback is under way',
  monitoring: 'Monitoring: the harm has stopped, watching',
};

/** Asks for an update, filled in from the last one and from what became of the incident's runs since. */
export function updateFormView(incident: Incident, runs: readonly Run[]): Modal {
  const shown = prefill(incident, runs);
  return modal({
    callback: VIEW.updateForm,
    title: `Update on ${incident.id}`,
    submit: 'Post update',
    close: 'Cancel',
    metadata: orderMetadata(incident.id, { [BLOCK.status]: shown.status, [BLOCK.done]: shown.done }),
    blocks: [
      select({
        block: BLOCK.status,
        label: 'Status',
        choices: WorkingStatus.options.map((status) => ({ value: status, text: STATUS_TEXT[status] })),
        initial: shown.status,
      }),
      textField({
        block: BLOCK.done,
        label: 'What was done?',
        ...(incident.stakeholders ? { hint: 'Stakeholders read this too: plain words, please.' } : {}),
        longest: LONGEST,
        multiline: true,
        initial: shown.done,
      }),
      textField({
        block: BLOCK.next,
        label: 'Next steps',
        longest: LONGEST,
        multiline: true,
        optional: true,
        initial: shown.next,
      }),
      textField({
        block: BLOCK.eta,
        label: 'When will it be over?',
        longest: LONGEST_ETA,
        optional: true,
        placeholder: 'in about 20 minutes',
        initial: shown.eta,
      }),
      context(
        `Goes into the thread${incident.stakeholders ? ' and to the stakeholders' : ''}. Due ${slackDate(incident.updateDueAt)}; given earlier, it moves the next one.`,
      ),
    ],
  });
}

export function parseUpdateForm(view: unknown): ParsedForm<IncidentOrder> {
  const answers = readOrder(view);
  const status = WorkingStatus.safeParse(answers.given(BLOCK.status)).data;
  const done = answers.given(BLOCK.done);
  const errors = {
    ...(status === undefined ? { [BLOCK.status]: 'Choose a status.' } : {}),
    ...(done === '' ? { [BLOCK.done]: 'Say what was done, even if it is little.' } : {}),
  };
  const { incident, text } = answers;
  return orderOr(
    errors,
    status && {
      incident,
      command: { press: 'update', status, done, next: text(BLOCK.next), eta: text(BLOCK.eta) },
    },
  );
}

function prefill(incident: Incident, runs: readonly Run[]) {
  const last = incident.lastUpdate;
  const since = last?.at ?? incident.declaredAt;
  const ended = runs.filter((run) => run.endedAt !== null && run.endedAt > since);
  return {
    status: statusFrom(incident, ended, runs),
    done: ended.length > 0 ? ended.map(endedLine).join('\n') : (last?.done ?? ''),
    next: last?.next ?? '',
    eta: last?.eta ?? '',
  };
}

function statusFrom(incident: Incident, ended: readonly Run[], runs: readonly Run[]): WorkingStatus {
  if (ended.some(({ status }) => status === 'succeeded')) return 'monitoring';
  if (runs.some((run) => hasStarted(run) && !hasEnded(run))) return 'mitigating';
  return WorkingStatus.safeParse(incident.status).data ?? 'investigating';
}

const endedLine = (run: Run): string =>
  run.status === 'succeeded'
    ? `${run.id}: ${run.plan.service} was rolled back to ${nameCommit(run.plan.target)}.`
    : `${run.id}: the rollback of ${run.plan.service} ${ENDED[run.status] ?? run.status}.`;

const ENDED: Partial<Record<Run['status'], string>> = {
  failed: 'failed',
  cancelled: 'was cancelled',
  denied: 'was denied',
  expired: 'was not approved in time',
};
