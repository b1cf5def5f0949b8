import { formatDuration } from '../../domain/duration.ts';
import { currentStep, type Run, type RunStep } from '../../domain/run/run.ts';
import { oneLine } from '../kit/text.ts';
import { stepLine } from './step-words.ts';

/** Up to this many steps are all shown; a longer run shows what is around the current step. */
const SHOWN_WHOLE = 20;
const STEPS_BEFORE = 3;
const STEPS_AFTER = 8;
const PHASES_BEFORE = 4;
const PHASES_AFTER = 6;

type PhaseSteps = { readonly name: string; readonly steps: readonly RunStep[] };

/** Every step grouped by phase, as mrkdwn paragraphs, one a phase; a long run is folded. `now` in ms. */
export function stepList(run: Run, now: number): readonly string[] {
  const phases = groupByPhase(run.steps);
  if (run.steps.length <= SHOWN_WHOLE) {
    return phases.map((phase) =>
      paragraph(
        phase.name,
        phase.steps.map((step) => stepLine(step, now)),
      ),
    );
  }
  const current = currentStep(run);
  const at = Math.max(
    0,
    current ? phases.findIndex(({ steps }) => steps.includes(current)) : phases.length - 1,
  );
  const from = Math.max(0, at - PHASES_BEFORE);
  const to = at + PHASES_AFTER + 1;
  return [
    ...foldedPhases(phases.slice(0, from), 'earlier'),
    ...phases
      .slice(from, to)
      .map((phase) => (isOpen(phase, current) ? openPhase(phase, current, now) : folded(phase))),
    ...foldedPhases(phases.slice(to), 'later'),
  ];
}

function groupByPhase(steps: readonly RunStep[]): readonly PhaseSteps[] {
  const phases: { name: string; steps: RunStep[] }[] = [];
  for (const step of steps) {
    const last = phases.at(-1);
    if (last?.name === step.plan.phase) last.steps.push(step);
    else phases.push({ name: step.plan.phase, steps: [step] });
  }
  return phases;
}

const paragraph = (name: string, lines: readonly string[]): string =>
  [`*${oneLine(name, 60)}*`, ...lines].join('\n');

const isOpen = (phase: PhaseSteps, current: RunStep | undefined): current is RunStep =>
  current !== undefined && phase.steps.includes(current);

function openPhase(phase: PhaseSteps, current: RunStep, now: number): string {
  const at = phase.steps.indexOf(current);
  const from = Math.max(0, at - STEPS_BEFORE);
  const to = at + STEPS_AFTER + 1;
  const later = phase.steps.length - to;
  return paragraph(phase.name, [
    ...(from > 0 ? [`…${from} before`] : []),
    ...phase.steps.slice(from, to).map((step) => stepLine(step, now)),
    ...(later > 0 ? [`…${later} more`] : []),
  ]);
}

function folded({ name, steps }: PhaseSteps): string {
  const done = steps.filter(isDone).length;
  const skipped = steps.filter(({ status }) => status === 'skipped').length;
  const sign = done < steps.length ? ':white_circle:' : skipped > 0 ? ':fast_forward:' : ':white_check_mark:';
  const took = steps.reduce((sum, step) => sum + tookMs(step), 0);
  return `${sign} *${oneLine(name, 60)}* · ${done}/${steps.length}${skipped > 0 ? `, ${skipped} skipped` : ''}${took > 0 ? ` · ${formatDuration(took)}` : ''}`;
}

function foldedPhases(phases: readonly PhaseSteps[], where: string): readonly string[] {
  if (phases.length === 0) return [];
  const steps = phases.flatMap((phase) => phase.steps);
  return [`…${phases.length} ${where} phases · ${steps.filter(isDone).length}/${steps.length} steps`];
}

const isDone = (step: RunStep): boolean => step.status === 'succeeded' || step.status === 'skipped';

const tookMs = ({ startedAt, finishedAt }: RunStep): number =>
  startedAt === null || finishedAt === null ? 0 : Date.parse(finishedAt) - Date.parse(startedAt);
