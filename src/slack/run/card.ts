import { currentStep, hasEnded, type Run } from '../../domain/run/run.ts';
import { cutWithin } from '../../words/sanitize.ts';
import { type Block, context, header, type Message, section } from '../kit/block-kit.ts';
import { message } from '../kit/message.ts';
import { codeBlock, escapeText } from '../kit/text.ts';
import { startMarks } from '../plan/start-marks.ts';
import { runHeadline } from './headline.ts';
import { progressLine } from './progress.ts';
import { resultBlocks } from './result.ts';
import { attentionBlocks, cancelBlock } from './step-attention.ts';
import { stepList } from './step-list.ts';

const TAIL_LINES = 8;
const TAIL_LINE = 160;
const TAIL = 1_300;

type Parts = {
  readonly serviceTitle: string;
  /** ms */
  readonly now: number;
  /** Output of the current step, as far as it has come; '' where there is none. */
  readonly tail: string;
};

/**
 * The one message of a run, edited while it goes on: what state it is in, what it asks of a reader,
 * how far it is, and in the end what came of it. Stays within Slack's limits whatever the playbook.
 */
export const runCard = (run: Run, parts: Parts): Message => card(run, parts, true);

/** The same without buttons, for somebody who asks how a run stands. */
export const statusMessage = (run: Run, parts: Parts): Message => card(run, parts, false);

function card(run: Run, { serviceTitle, now, tail }: Parts, withButtons: boolean): Message {
  const headline = runHeadline(run, serviceTitle);
  return message(`${escapeText(headline)} · ${progressLine(run, now)}`, [
    header(headline),
    section(progressLine(run, now)),
    ...startMarks(run),
    ...resultBlocks(run),
    ...attentionBlocks(run, withButtons),
    ...tailBlock(run, tail),
    ...stepList(run, now).map((paragraph) => section(paragraph)),
    ...(withButtons ? cancelBlock(run) : []),
    context(
      [
        run.id,
        ...(run.incident === null ? [] : [run.incident]),
        run.plan.environment,
        run.plan.severity,
        run.plan.playbook.title,
      ]
        .map(escapeText)
        .join(' · '),
    ),
  ]);
}

function tailBlock(run: Run, tail: string): readonly Block[] {
  const step = currentStep(run);
  if (step === undefined || run.status === 'succeeded') return [];
  const text = lastLines(tail.trim() === '' ? step.tail : tail);
  const inFlight = step.status === 'running' || step.status === 'failed' || step.status === 'interrupted';
  return text === '' || !(inFlight || hasEnded(run)) ? [] : [section(codeBlock(text, TAIL))];
}

/** As many as there is room for, the last ones: what went wrong stands there. */
function lastLines(text: string): string {
  const lines = text.trimEnd().split('\n').slice(-TAIL_LINES);
  let shown = lines.map((line) => cutWithin(line, TAIL_LINE));
  while (shown.length > 1 && codeBlock(shown.join('\n'), Number.POSITIVE_INFINITY).length > TAIL)
    shown = shown.slice(1);
  return shown.join('\n');
}
