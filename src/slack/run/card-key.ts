import type { Run } from '../../domain/run/run.ts';

/** What stands for a run in a channel: what people approve on, how it goes on, the one post that stakeholders have. */
export type RunCard = 'approval' | 'run' | 'stakeholders';

/** Under which a run's card is remembered. */
export const runCardKey = (run: Pick<Run, 'id'>, card: RunCard): string => `${run.id}:card:${card}`;
