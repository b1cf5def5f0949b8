import { holdRollback as definition } from '../../../domain/incident/actions/hold-rollback.ts';
import { isRollbackPlanned } from '../../../domain/incident/incident.ts';
import { BLOCK } from '../../kit/ids.ts';
import { slackDate } from '../../kit/text.ts';
import { oneText } from '../forms/one-text.ts';
import { withForm } from '../forms/with-form.ts';

/** Holding the automatic rollback. */
export const holdRollback = withForm(definition, {
  button: {
    text: 'Hold rollback',
    onCard: {
      when: (incident) => isRollbackPlanned(incident) && incident.automaticRollback?.held === null,
      seen: () => true,
    },
  },
  title: 'Hold the rollback',
  submit: 'Hold rollback',
  ...oneText({
    intro: ({ automaticRollback }) =>
      automaticRollback === null
        ? 'It will not start by itself.'
        : `It would start ${slackDate(automaticRollback.at)}. Held, it starts only when somebody presses Roll back.`,
    block: BLOCK.reason,
    label: 'Why?',
    missing: 'Say why, so that others can follow.',
    fields: (reason) => ({ reason }),
  }),
  outcome: ({ id }) =>
    `The automatic rollback of *${id}* is held. It starts when somebody presses *Roll back*.`,
});
