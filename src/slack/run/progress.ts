import { formatDuration } from '../../domain/duration.ts';
import type { Run } from '../../domain/run/run.ts';
import { waitsForPerson } from './waits-for-person.ts';

const WIDTH = 14;

/** "▓▓▓▓░░░ 4/7 · 1 min 12 s of about 4 min"; `now` in ms. */
export function progressLine(run: Run, now: number): string {
  const done = run.steps.filter(({ status }) => status === 'succeeded' || status === 'skipped').length;
  const skipped = run.steps.filter(({ status }) => status === 'skipped').length;
  return `${bar(done, run.steps.length)} *${done}/${run.steps.length}*${skipped > 0 ? ` (${skipped} skipped)` : ''} · ${timing(run, now)}`;
}

function bar(done: number, all: number): string {
  const width = Math.min(WIDTH, all);
  const full = Math.floor((done / all) * width);
  return '▓'.repeat(full) + '░'.repeat(width - full);
}

function timing(run: Run, now: number): string {
  const estimate = formatDuration(run.plan.estimateMs);
  if (run.startedAt === null) return `about ${estimate}`;
  const elapsed = elapsedMs(run, now);
  if (run.endedAt !== null) return `took ${formatDuration(elapsed)} (estimate ${estimate})`;
  if (waitsForPerson(run)) return `waiting for a person (estimate ${estimate})`;
  const late = elapsed > run.plan.estimateMs ? ' :warning: longer than estimated' : '';
  return `${formatDuration(elapsed)} of about ${estimate}${late}`;
}

const elapsedMs = (run: Run, now: number): number =>
  run.startedAt === null
    ? 0
    : (run.endedAt === null ? now : Date.parse(run.endedAt)) - Date.parse(run.startedAt);
