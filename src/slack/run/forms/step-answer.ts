import { pushedCommit, type Run, type RunStep } from '../../../domain/run/run.ts';
import { type Block, type Modal, modal, section } from '../../kit/block-kit.ts';
import { encodeButton, StepButton } from '../../kit/button-values.ts';
import { BLOCK, VIEW } from '../../kit/ids.ts';
import { textField } from '../../kit/inputs.ts';
import type { ParsedForm } from '../../kit/parsed-form.ts';
import { escapeText, inlineCode, oneLine, reportLine } from '../../kit/text.ts';
import { readView } from '../../kit/view-state.ts';

const LONGEST_REASON = 1_000;

/** Says what it means for this run to skip a step, and asks for the reason. */
export function skipView(run: Run, press: StepButton): Modal {
  const step = stepOf(run, press);
  const after = step === undefined ? 0 : run.steps.length - run.steps.indexOf(step) - 1;
  const target = escapeText(run.plan.target.release ?? run.plan.target.hash.slice(0, 7));
  return modal({
    callback: VIEW.skipForm,
    title: 'Skip a step',
    submit: 'Skip it',
    close: 'Go back',
    metadata: encodeButton(press),
    blocks: [
      standing(step),
      section(
        [
          `*What skipping means*`,
          `• This step isn't done, and the ${after === 1 ? 'step' : `${after} steps`} after it ${after === 1 ? 'runs' : 'run'} all the same.`,
          `• Whatever the checks say, ${escapeText(run.id)} ends as *not proven*: nobody will know from it that ${target} runs.`,
          `• Later rollbacks don't build on it. Your name and your reason stay on it.`,
        ].join('\n'),
      ),
      textField({
        block: BLOCK.reason,
        label: 'Why can it be skipped?',
        hint: 'Such as: deployed by hand, as the log of the build server shows.',
        longest: LONGEST_REASON,
        multiline: true,
      }),
    ],
  });
}

/** Says how the run would end, and asks for a reason, which may be left out. */
export function abortView(run: Run, press: StepButton): Modal {
  const commit = pushedCommit(run);
  return modal({
    callback: VIEW.abortForm,
    title: 'Abort',
    submit: 'Abort',
    close: 'Go back',
    metadata: encodeButton(press),
    blocks: [
      standing(stepOf(run, press)),
      section(
        [
          `*${escapeText(run.id)} ends as failed.* Steps that are done are not undone.`,
          commit === null
            ? 'Nothing was pushed.'
            : `The commit ${inlineCode(commit.slice(0, 7))} is on the branch and stays there.`,
        ].join('\n'),
      ),
      textField({
        block: BLOCK.reason,
        label: 'Why?',
        hint: 'Shown with your name where its end is told.',
        longest: LONGEST_REASON,
        multiline: true,
        optional: true,
      }),
    ],
  });
}

/** What a submitted form says: the press that it belongs to and the reason, null where there is none. */
export function parseStepForm(view: unknown): ParsedForm<StepButton & { readonly reason: string | null }> {
  const answers = readView(view);
  return {
    ok: true,
    values: { ...StepButton.parse(answers.metadata), reason: answers.text(BLOCK.reason) || null },
  };
}

/** The same where there has to be a reason. */
export function parseSkipForm(view: unknown): ParsedForm<StepButton & { readonly reason: string | null }> {
  const parsed = parseStepForm(view);
  return parsed.ok && parsed.values.reason === null
    ? { ok: false, errors: { [BLOCK.reason]: 'Say why: it stays on this rollback with your name.' } }
    : parsed;
}

const stepOf = (run: Run, press: StepButton): RunStep | undefined =>
  run.steps.find(({ plan }) => plan.id === press.step);

function standing(step: RunStep | undefined): Block {
  const title = oneLine(step?.plan.title ?? 'A step', 120);
  const how =
    step?.status === 'interrupted'
      ? 'was cut off: it may have taken effect or not'
      : `failed${step?.summary ? `: ${reportLine(step.summary, 400)}` : ''}`;
  return section(`*${title}* ${how}.`);
}
