import { formatDuration, parseDuration } from '../../../domain/duration.ts';
import { holdLadder as definition } from '../../../domain/incident/actions/hold-ladder.ts';
import { type Incident, isLadderStill, nextRung } from '../../../domain/incident/incident.ts';
import { section } from '../../kit/block-kit.ts';
import { BLOCK } from '../../kit/ids.ts';
import { select, textField } from '../../kit/inputs.ts';
import { escapeText, oneLine, slackDate } from '../../kit/text.ts';
import { valuesOr } from '../forms/order.ts';
import { withForm } from '../forms/with-form.ts';

const LONGEST_REASON = 1_000;
const DURATIONS = ['15m', '30m', '1h', '2h'] as const;

/** Asks for how long, and why, nobody further up is to be told. */
export const holdLadder = withForm(definition, {
  button: {
    text: 'Hold escalation',
    onCard: { when: (incident) => nextRung(incident) !== undefined && !isLadderStill(incident) },
  },
  title: 'Hold escalation',
  submit: 'Hold escalation',
  ask: (incident) => ({
    shown: { [BLOCK.duration]: DURATIONS[0] },
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
  }),
  read: ({ given }) => {
    const duration = DURATIONS.find((offered) => offered === given(BLOCK.duration));
    const forMs = duration && parseDuration(duration);
    const reason = given(BLOCK.reason);
    const errors = {
      ...(forMs === undefined ? { [BLOCK.duration]: 'Choose how long.' } : {}),
      ...(reason === '' ? { [BLOCK.reason]: 'Say why, so that others can follow.' } : {}),
    };
    return valuesOr(errors, forMs === undefined ? undefined : { forMs, reason });
  },
  outcome: ({ id, ladderHold }) =>
    `The escalation of *${id}* is held${ladderHold === null ? '' : ` until ${slackDate(ladderHold.until)}`}.`,
});

function nextText(incident: Incident): string {
  const next = nextRung(incident);
  return next === undefined
    ? 'Everybody has been called in already.'
    : `Next to be called in: *${escapeText(next.role)}*, ${slackDate(next.at)}.`;
}
