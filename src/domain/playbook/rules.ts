import { describeFound } from '../problem/problem.ts';
import { repeated } from '../problem/repeated.ts';
import { STEP_KINDS, type StepKind, stepKinds } from '../steps/kinds.ts';
import { kindsOf } from '../steps/of-kind.ts';
import { senselessDuration } from '../steps/senseless-duration.ts';
import { parameterNames } from './parameter-names.ts';
import { parameterRules } from './parameter-rules.ts';
import { isInVerify, placedSteps, placedStepsOf } from './placed-steps.ts';
import type { PlaybookRule } from './rule.ts';

/** What phases and steps of any kind must meet. */
const generalRules: readonly PlaybookRule[] = [
  {
    name: 'step-ids-are-unique',
    check: (playbook) =>
      repeated(placedSteps(playbook).map(({ step }) => step.id)).map(({ value, index }) => ({
        path: [...(placedSteps(playbook)[index]?.path ?? []), 'id'],
        expected: 'an id that no other step of the playbook has',
        found: `${describeFound(value)} a second time`,
        example: `id: ${value}-again`,
      })),
  },
  {
    name: 'windows-are-in-order',
    check: ({ phases }) =>
      (phases ?? []).flatMap((phase, index, all) => {
        const window = phase?.window;
        if (window === undefined) return [];
        const [from, to] = window;
        const before = all.slice(0, index).findLast((earlier) => earlier?.window)?.window?.[0] ?? 0;
        const example = `window: [${Math.max(before, Math.min(from, to))}, ${Math.max(before, from, to) + 5}]`;
        if (to <= from)
          return [
            {
              path: ['phases', index, 'window'],
              expected: 'an end later than its start',
              found: `[${from}, ${to}]`,
              example,
            },
          ];
        if (from < before)
          return [
            {
              path: ['phases', index, 'window'],
              expected: `a start at ${before} or later, as the phase before`,
              found: `[${from}, ${to}]`,
              example,
            },
          ];
        return [];
      }),
  },
  {
    name: 'durations-make-sense',
    check: ({ estimate }) => senselessDuration(['estimate'], estimate),
  },
  {
    name: 'verification-looks',
    check: ({ verify }) =>
      verify?.every((step) => kindsOf(step).some((kind) => stepKinds[kind].done.by === 'timer'))
        ? [
            {
              path: ['verify'],
              level: 'warning',
              expected: 'a step that looks: time alone proves nothing, and the rollback would end unproven',
              found: 'only waiting',
              example: stepKinds.git.notInVerify ?? '',
            },
          ]
        : [],
  },
  {
    name: 'verification-changes-nothing',
    check: (playbook) =>
      STEP_KINDS.flatMap((kind) => {
        const example = stepKinds[kind].notInVerify;
        if (example === undefined) return [];
        return placedStepsOf(kind, playbook)
          .filter(isInVerify)
          .map(({ path }) => ({
            path: [...path, kind],
            at: 'key' as const,
            expected: `a ${verifyingKinds()} step in verify`,
            found: `a ${kind} step`,
            example,
          }));
      }),
  },
];

/** "run, http, manual or wait" */
function verifyingKinds(): string {
  const kinds = STEP_KINDS.filter((kind) => stepKinds[kind].notInVerify === undefined);
  return `${kinds.slice(0, -1).join(', ')} or ${kinds.at(-1)}`;
}

/** What the steps of one kind must meet, each by itself, and how many of them there may be. */
function rulesOf<Kind extends StepKind>(kind: Kind): readonly PlaybookRule[] {
  const { once, rules } = stepKinds[kind];
  const perStep = rules.map(
    ({ name, check }): PlaybookRule => ({
      name,
      check: (playbook) => {
        const parameters = parameterNames(playbook);
        return placedStepsOf(kind, playbook).flatMap((placed) => check({ ...placed, parameters }));
      },
    }),
  );
  return once === undefined ? perStep : [...perStep, onlyOnce(kind, once)];
}

const onlyOnce = (kind: StepKind, example: string): PlaybookRule => ({
  name: `one-${kind}-step`,
  check: (playbook) =>
    placedStepsOf(kind, playbook)
      .filter((placed) => !isInVerify(placed))
      .slice(1)
      .map(({ path }) => ({
        path: [...path, kind],
        at: 'key',
        expected: `one ${kind} step in a playbook`,
        found: 'another one',
        example,
      })),
});

/** What one playbook must meet by itself, whatever team uses it. */
export const playbookRules: readonly PlaybookRule[] = [
  ...generalRules,
  ...parameterRules,
  ...STEP_KINDS.flatMap(rulesOf),
];
