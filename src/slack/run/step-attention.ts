import type { types } from '@slack/bolt';
import {
  currentStep,
  hasEnded,
  isHalted,
  isVerification,
  type Run,
  type RunStep,
} from '../../domain/run/run.ts';
import { askOf } from '../../domain/steps/done.ts';
import { actions, type Block, button, section } from '../kit/block-kit.ts';
import { encodeButton } from '../kit/button-values.ts';
import { ACTION, stepActionId } from '../kit/ids.ts';
import { escapeText, nameActor, oneLine, reportLine, slackDate, truncateMrkdwn } from '../kit/text.ts';
import { haltedButtons } from './approval/halted.ts';

/** What a run asks of its readers at this moment, with the buttons to answer; nothing while it goes on by itself. */
export function attentionBlocks(run: Run, withButtons: boolean): readonly Block[] {
  if (hasEnded(run)) return [];
  const step = currentStep(run);
  if (run.status === 'awaiting_approval') return [section('The plan waits for approval.')];
  if (run.status === 'deferred') return [section('It waits for the next deployment.')];
  if (run.cancel !== null) {
    return [section(`:hand: ${nameActor(run.cancel.by)} cancelled. The step in flight is being stopped.`)];
  }
  if (step === undefined) return [];
  const text = attentionText(step);
  return [...(text === undefined ? [] : [section(text)]), ...(withButtons ? answerButtons(run) : [])];
}

/** Cancel, as long as the run can be cancelled and no step offers Abort instead. */
export function cancelBlock(run: Run): readonly Block[] {
  const stuck = currentStep(run)?.status;
  if (hasEnded(run) || run.cancel !== null || stuck === 'failed' || stuck === 'interrupted') return [];
  return [
    actions(
      button({
        action: ACTION.cancelRun,
        text: 'Cancel rollback',
        value: encodeButton({ run: run.id }),
        style: 'danger',
        confirm: {
          title: 'Cancel this rollback?',
          text: 'The step in flight is stopped. Steps that are done are not undone.',
          yes: 'Cancel rollback',
          no: 'Let it run',
        },
      }),
    ),
  ];
}

function attentionText(step: RunStep): string | undefined {
  const title = oneLine(step.plan.title, 80);
  if (step.status === 'failed') {
    return `:x: *${title}* failed${step.summary === '' ? '' : `: ${reportLine(step.summary, 400)}`}`;
  }
  if (step.status === 'interrupted') {
    return `:warning: *${title}* was cut off: its worker died. It may have taken effect or not. Look first, then decide.`;
  }
  if (step.status !== 'waiting') return undefined;
  const ask = askOf(step.plan);
  if (ask !== undefined) {
    return `:hand: *${title}* (${escapeText(ask.role)})\n${truncateMrkdwn(escapeText(ask.instruction), 1_500)}`;
  }
  return step.waitingUntil === null ? undefined : `:stopwatch: Goes on ${slackDate(step.waitingUntil)}`;
}

/** The buttons to answer what a run waits for, at a step or before its start; none where it waits for nobody. */
export function answerButtons(run: Run): readonly Block[] {
  if (isHalted(run)) return [actions(...haltedButtons(run))];
  const step = currentStep(run);
  const answers = step === undefined || hasEnded(run) || run.cancel !== null ? [] : answersTo(run, step);
  return answers.length === 0 ? [] : [actions(...answers)];
}

function answersTo(run: Run, step: RunStep): readonly types.Button[] {
  const value = encodeButton({ run: run.id, step: step.plan.id, attempt: step.attempt });
  if (step.status === 'waiting' && askOf(step.plan) !== undefined) {
    return [
      button({ action: stepActionId('done'), text: 'Done', value, style: 'primary' }),
      button({ action: stepActionId('cannot'), text: "Can't do", value }),
    ];
  }
  if (step.status !== 'failed' && step.status !== 'interrupted') return [];
  return [
    button({ action: stepActionId('retry'), text: 'Retry', value, style: 'primary' }),
    ...(isVerification(step) ? [] : [button({ action: stepActionId('skip'), text: 'Skip', value })]),
    button({
      action: stepActionId('abort'),
      text: 'Abort',
      value,
      style: 'danger',
    }),
  ];
}
