import { z } from 'zod';
import { Duration, formatDuration } from '../duration.ts';
import type { StepKindDefinition } from './definition.ts';
import { senselessDuration } from './senseless-duration.ts';
import { exactStep, writtenStep } from './step.ts';

const written = z.strictObject({ ...writtenStep, wait: Duration.meta({ example: 'wait: 2m' }) });

const exact = z.strictObject({
  ...exactStep,
  kind: z.literal('wait'),
  durationMs: z.number().int().nonnegative(),
});

/** Some time passes. */
export const wait = {
  kind: 'wait',
  done: { by: 'timer', lastsMs: ({ durationMs }) => durationMs },
  repeatable: 'by-nature',
  written,
  exact,
  render: ({ step, common }) => ({ ...common, durationMs: step.wait }),
  rules: [
    {
      name: 'durations-make-sense',
      check: ({ step, path }) => senselessDuration([...path, 'wait'], step.wait),
    },
  ],
  usageRules: [],
  words: ({ durationMs }) => ({ facts: '', exact: `wait ${formatDuration(durationMs)}` }),
} satisfies StepKindDefinition<'wait', z.infer<typeof written>, z.infer<typeof exact>>;
