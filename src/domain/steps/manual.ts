import { z } from 'zod';
import type { StepKindDefinition } from './definition.ts';
import { exactStep, writtenStep } from './step.ts';

const written = z.strictObject({
  ...writtenStep,
  manual: z
    .strictObject({
      instruction: z.string().min(1).meta({ example: 'instruction: Place a test order and see it paid' }),
      role: z.string().min(1).meta({ example: 'role: responder' }),
    })
    .meta({ example: 'manual: { instruction: Place a test order, role: responder }' }),
});

const exact = z.strictObject({
  ...exactStep,
  kind: z.literal('manual'),
  instruction: z.string(),
  role: z.string(),
});

/** A person of a role does something, or looks, and confirms. */
export const manual = {
  kind: 'manual',
  done: {
    by: 'person',
    asks: ({ role, instruction }) => ({ role, instruction }),
    writtenRole: ({ manual }) => ({ path: ['manual', 'role'], role: manual?.role }),
  },
  repeatable: 'by-nature',
  written,
  exact,
  render: ({ step, common }) => ({ ...common, ...step.manual }),
  rules: [],
  usageRules: [],
  words: ({ role, instruction }) => ({ facts: `a person confirms: ${role}`, exact: instruction }),
} satisfies StepKindDefinition<'manual', z.infer<typeof written>, z.infer<typeof exact>>;
