import { placedStepsOf } from './placed-steps.ts';
import type { Playbook } from './playbook.ts';

/**
 * The paths (files, folders or globs) that a playbook takes back, where it takes back only some; else none. A playbook
 * without a git step deploys the target itself, which is everything.
 */
export function rolledBackPaths(playbook: Playbook): readonly string[] {
  const steps = placedStepsOf('git', playbook).map(({ step }) => step.git);
  if (steps.some((git) => git?.method !== 'paths')) return [];
  return [...new Set(steps.flatMap((git) => git?.paths ?? []))].filter((path) => path !== undefined);
}
