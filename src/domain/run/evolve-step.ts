import type { Plan } from '../plan/plan.ts';
import type { RunEvent, StepDecision } from './events.ts';
import type { Run, RunStep } from './run.ts';

/** A run with one of its steps changed. */
export const changeStep = (run: Run, id: string, update: (step: RunStep) => RunStep): Run => ({
  ...run,
  steps: run.steps.map((step) => (step.plan.id === id ? update(step) : step)),
});

/** The steps of a plan before any has run. Attempts count on over plans: an attempt's number names its output and what a button was shown for. */
export const pendingSteps = (plan: Plan, before: readonly RunStep[] = []): readonly RunStep[] =>
  plan.steps.map((step) => ({
    plan: step,
    status: 'pending',
    attempt: before.find((earlier) => earlier.plan.id === step.id)?.attempt ?? 0,
    driver: null,
    startedAt: null,
    finishedAt: null,
    waitingUntil: null,
    summary: '',
    tail: '',
    commit: null,
    decided: null,
  }));

/** A step after a person's answer to it. */
export function decided(
  step: RunStep,
  { actor: by, payload, at }: RunEvent & { type: 'step.decided' },
): RunStep {
  const { decision, reason } = payload;
  return { ...step, ...DECIDED[decision](at), decided: { by, decision, reason, at, attempt: step.attempt } };
}

const DECIDED: Readonly<Record<StepDecision, (at: string) => Partial<RunStep>>> = {
  retry: () => ({ status: 'pending', waitingUntil: null }),
  skip: (at) => ({ status: 'skipped', finishedAt: at, waitingUntil: null }),
  done: (at) => ({
    status: 'succeeded',
    finishedAt: at,
    waitingUntil: null,
    summary: 'confirmed by a person',
  }),
  cannot: (at) => ({
    status: 'failed',
    finishedAt: at,
    waitingUntil: null,
    summary: "a person couldn't do it",
  }),
  abort: () => ({}),
};
