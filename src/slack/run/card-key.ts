import type { Run } from '../../domain/run/run.ts';

/** Under which a run's card is remembered. */
export const runCardKey = (run: Pick<Run, 'id'>, card: 'approval' | 'run'): string =>
  `${run.id}:card:${card}`;
