import { formatDuration, parseDuration } from '../../../domain/duration.ts';
import { type Incident, nextRung } from '../../../domain/incident/incident.ts';
import { type Modal, modal, section } from '../../kit/block-kit.ts';
import { BLOCK, VIEW } from '../../kit/ids.ts';
import { select, textField } from '../../kit/inputs.ts';
import type { ParsedForm } from '../../kit/parsed-form.ts';
import { escapeText, oneLine, slackDate } from '../../kit/text.ts';
import { type IncidentOrder, orderMetadata, orderOr, readOrder } from '../forms/order.ts';

const LONGEST_REASON = 1_000;
const DURATIONS = ['15m', '30m', '1h', '2h'] as const;

/** Asks for how long, and why, nobody further up is to be told. */
export const holdLadderView = (incident: Incident): Modal =>
  modal({
    callback: VIEW.holdLadderForm,
    title: 'Hold escalation',
    submit: 'Hold escalation',
    close: 'Cancel',
    metadata: orderMetadata(incident.id, { [BLOCK.duration]: DURATIONS[0] }),
    blocks: [
      section(`*${incident.id}* ${oneLine(incident.title, 150)}\n${nextText(incident)}`),
      select({
        block: BLOCK.duration,
        label: 'For how long?',
        hint: 'Afterwards the escalation goes on where it stopped.',
        choices: DURATIONS.map((duration) => ({
          value: duration,
          text: formatDuration(parseDuration(duration) ?? 0),
        })),
        initial: DURATIONS[0],
      }),
      textField({ block: BLOCK.reason, label: 'Why?', longest: LONGEST_REASON, multiline: true }),
    ],
  });

function nextText(incident: Incident): string {
  const next = nextRung(incident);
  return next === undefined
    ? 'Everybody has been called in already.'
    : `Next to be called in: *${escapeText(next.role)}*, ${slackDate(next.at)}.`;
}

export function parseHoldLadderForm(view: unknown): ParsedForm<IncidentOrder> {
  const { given, incident } = readOrder(view);
  const duration = DURATIONS.find((offered) => offered === given(BLOCK.duration));
  const forMs = duration && parseDuration(duration);
  const reason = given(BLOCK.reason);
  const errors = {
    ...(forMs === undefined ? { [BLOCK.duration]: 'Choose how long.' } : {}),
    ...(reason === '' ? { [BLOCK.reason]: 'Say why, so that others can follow.' } : {}),
  };
  return orderOr(
    errors,
    forMs === undefined ? undefined : { incident, command: { press: 'hold-ladder', forMs, reason } },
  );
}
