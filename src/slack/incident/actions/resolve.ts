import { resolve as definition } from '../../../domain/incident/actions/resolve.ts';
import { isMitigated, isOver } from '../../../domain/incident/incident.ts';
import { BLOCK } from '../../kit/ids.ts';
import { slackDate } from '../../kit/text.ts';
import { oneText } from '../forms/one-text.ts';
import { withForm } from '../forms/with-form.ts';

/** Resolving asks for a summary. */
export const resolve = withForm(definition, {
  button: {
    text: 'Resolve',
    look: (incident) => (isMitigated(incident) ? { style: 'primary' } : {}),
    onCard: {
      when: (incident) => !isOver(incident),
      seen: ({ acknowledged }) => acknowledged !== null,
    },
  },
  title: 'Resolve',
  heading: ({ id }) => `Resolve ${id}`,
  submit: 'Resolve',
  ...oneText({
    intro: () => 'Ends the timers, the escalation and the updates, and tells everybody that it is over.',
    block: BLOCK.summary,
    label: 'What was it, and what ended it?',
    missing: 'Sum it up in a sentence or two: it goes into the all-clear.',
    fields: (summary) => ({ summary }),
  }),
  outcome: ({ id, resolution }) =>
    `*${id}* is resolved, and everybody is told.${resolution === null ? '' : ` It can be reopened until ${slackDate(resolution.closesAt)}.`}`,
});
