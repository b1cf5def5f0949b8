import { reopen as definition } from '../../../domain/incident/actions/reopen.ts';
import { BLOCK } from '../../kit/ids.ts';
import { slackDate } from '../../kit/text.ts';
import { oneText } from '../forms/one-text.ts';
import { withForm } from '../forms/with-form.ts';

/** Reopening asks what came back. */
export const reopen = withForm(definition, {
  button: { text: 'Reopen', onCard: { when: ({ status }) => status === 'resolved' } },
  title: 'Reopen',
  heading: ({ id }) => `Reopen ${id}`,
  submit: 'Reopen',
  ...oneText({
    intro: ({ severity }) => `It goes on as ${severity}: its timers, escalation and updates start anew.`,
    block: BLOCK.reason,
    label: 'Why?',
    missing: 'Say what came back, so that others can follow.',
    fields: (reason) => ({ reason }),
  }),
  outcome: ({ id, updateDueAt }) =>
    `*${id}* is open again.${updateDueAt === null ? '' : ` An update is due ${slackDate(updateDueAt)}.`}`,
});
