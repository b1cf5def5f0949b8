import { onlyPaths } from '../git/only-paths.ts';
import { placedStepsOf } from './placed-steps.ts';
import type { Playbook } from './playbook.ts';

/** The paths that a playbook takes back, where it takes back only some; else none. */
export const rolledBackPaths = (playbook: Playbook): readonly string[] =>
  onlyPaths(placedStepsOf('git', playbook).map(({ step }) => step.git ?? {}));
