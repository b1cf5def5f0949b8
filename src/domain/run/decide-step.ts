import { holdsAny, type Person } from '../actor.ts';
import { type Refused, refuse } from '../refusal.ts';
import { askOf } from '../steps/done.ts';
import { accept, type Decision } from './decide.ts';
import type { RunEventBody, StepDecision } from './events.ts';
import { currentStep, hasEnded, isVerification, type Run, type RunStep } from './run.ts';

/** A button of a step that waits for a person, pressed by one; `attempt` is the one that it was shown for. */
export type StepPress = {
  readonly person: Person;
  readonly mayDecide: readonly string[];
  readonly step: string;
  readonly attempt: number;
  readonly decision: StepDecision;
};

/** A person answers a step that waits for one: Done or Can't do; Retry, Skip (with a reason) or Abort. */
export function decideStep(run: Run, answer: StepPress & { readonly reason: string | null }): Decision {
  const refused = checkStepPress(run, answer);
  if (refused) return refused;
  const { step, decision } = answer;
  const reason = answer.reason?.trim() || null;
  if (decision === 'skip' && reason === null) return refuse({ reason: 'missing-reason' });
  const decided: RunEventBody = { type: 'step.decided', payload: { step, decision, reason } };
  if (decision !== 'abort') return accept(decided);
  const title = currentStep(run)?.plan.title ?? step;
  const why = `aborted at “${title}”${reason === null ? '' : `: ${reason}`}`;
  return accept(decided, { type: 'run.failed', payload: { step, why } });
}

/** Why a press would come to nothing, before a reason is asked for; undefined where it would count. */
export function checkStepPress(run: Run, press: StepPress): Refused | undefined {
  const closed = whyClosed(run, press);
  if (closed) return answeredBefore(run, press) ?? closed;
  const step = currentStep(run);
  const roles = step === undefined ? press.mayDecide : rolesToAnswer(step, press.mayDecide);
  if (!holdsAny(press.person, roles)) return refuse({ reason: 'not-permitted', roles });
  return press.decision === 'skip' && step !== undefined && isVerification(step)
    ? refuse({ reason: 'verification-not-skippable', step: step.plan.title })
    : undefined;
}

function whyClosed(run: Run, press: StepPress): Refused | undefined {
  if (hasEnded(run)) return refuse({ reason: 'already-ended', status: run.status });
  const step = currentStep(run);
  if (step === undefined || step.plan.id !== press.step || step.attempt !== press.attempt) {
    return refuse({ reason: 'step-moved-on' });
  }
  return isOpenTo(step, press.decision)
    ? undefined
    : refuse({ reason: 'step-not-waiting', step: step.plan.title });
}

/** Where somebody was faster: who, and with what. */
function answeredBefore(run: Run, press: StepPress): Refused | undefined {
  const answered = run.steps.find(({ plan }) => plan.id === press.step)?.decided;
  if (answered?.attempt !== press.attempt) return undefined;
  return refuse({ reason: 'step-answered', by: answered.by, decision: answered.decision });
}

/** Who may answer a step that waits: the role that it asks for, or those who decide about what failed. */
export function rolesToAnswer(step: RunStep, mayDecide: readonly string[]): readonly string[] {
  const ask = step.status === 'waiting' ? askOf(step.plan) : undefined;
  return ask === undefined ? mayDecide : [ask.role];
}

function isOpenTo(step: RunStep, decision: StepDecision): boolean {
  return decision === 'done' || decision === 'cannot'
    ? step.status === 'waiting' && askOf(step.plan) !== undefined
    : step.status === 'failed' || step.status === 'interrupted';
}
