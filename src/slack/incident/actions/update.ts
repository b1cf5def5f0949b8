import { update as definition } from '../../../domain/incident/actions/update.ts';
import { WorkingStatus } from '../../../domain/incident/events.ts';
import { isOver } from '../../../domain/incident/incident.ts';
import { incidentStatusWords } from '../../../words/codes.ts';
import { context } from '../../kit/block-kit.ts';
import { BLOCK } from '../../kit/ids.ts';
import { select, textField } from '../../kit/inputs.ts';
import { slackDate } from '../../kit/text.ts';
import { valuesOr } from '../forms/order.ts';
import { updateSoFar } from '../forms/update-so-far.ts';
import { withForm } from '../forms/with-form.ts';

const LONGEST = 1_000;
const LONGEST_ETA = 150;

const STATUS_TEXT: Readonly<Record<WorkingStatus, string>> = {
  investigating: 'Investigating: the cause is not known yet',
  identified: 'Identified: the cause is known',
  mitigating: 'Mitigating: a fix or a rollback is under way',
  monitoring: 'Monitoring: the harm has stopped, watching',
};

/** Asks for an update, filled in from the last one and from what became of the incident's runs since. */
export const update = withForm(definition, {
  button: { text: 'Update', onCard: { when: (incident) => !isOver(incident), seen: () => true } },
  offer: 'Give an update',
  title: 'Update',
  heading: ({ id }) => `Update on ${id}`,
  submit: 'Post update',
  ask: (incident, { runs }) => {
    const { status, done, next, eta } = updateSoFar(incident, runs);
    return {
      shown: { [BLOCK.status]: status, [BLOCK.done]: done },
      blocks: [
        select({
          block: BLOCK.status,
          label: 'Status',
          choices: WorkingStatus.options.map((value) => ({ value, text: STATUS_TEXT[value] })),
          initial: status,
        }),
        textField({
          block: BLOCK.done,
          label: 'What was done?',
          ...(incident.stakeholders ? { hint: 'Stakeholders read this too: plain words, please.' } : {}),
          longest: LONGEST,
          multiline: true,
          initial: done,
        }),
        textField({
          block: BLOCK.next,
          label: 'Next steps',
          longest: LONGEST,
          multiline: true,
          optional: true,
          initial: next,
        }),
        textField({
          block: BLOCK.eta,
          label: 'When will it be over?',
          longest: LONGEST_ETA,
          optional: true,
          placeholder: 'in about 20 minutes',
          initial: eta,
        }),
        context(
          `Goes into the thread${incident.stakeholders ? ' and to the stakeholders' : ''}.${incident.updateDueAt === null ? '' : ` Due ${slackDate(incident.updateDueAt)}; given earlier, it moves the next one.`}`,
        ),
      ],
    };
  },
  read: ({ given, text }) => {
    const status = WorkingStatus.safeParse(given(BLOCK.status)).data;
    const done = given(BLOCK.done);
    const errors = {
      ...(status === undefined ? { [BLOCK.status]: 'Choose a status.' } : {}),
      ...(done === '' ? { [BLOCK.done]: 'Say what was done, even if it is little.' } : {}),
    };
    return valuesOr(errors, status && { status, done, next: text(BLOCK.next), eta: text(BLOCK.eta) });
  },
  outcome: ({ id, status, updateDueAt }) =>
    `Your update on *${id}* is on its way: ${incidentStatusWords(status)}.${updateDueAt === null ? '' : ` The next is due ${slackDate(updateDueAt)}.`}`,
});
