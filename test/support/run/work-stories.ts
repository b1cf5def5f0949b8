import fc from 'fast-check';
import type { Actor, Person } from '../../../src/domain/actor.ts';
import type { Plan } from '../../../src/domain/plan/plan.ts';
import { digestPlan } from '../../../src/domain/plan/plan-digest.ts';
import {
  type Decision,
  decideCancel,
  decideReplacePlan,
  decideUnlock,
  type NotNow,
} from '../../../src/domain/run/decide.ts';
import { decideApprove, decideDeny, decideExpire } from '../../../src/domain/run/decide-approval.ts';
import { decideStep } from '../../../src/domain/run/decide-step.ts';
import { parseRunEvent, type RunEvent, type RunEventBody } from '../../../src/domain/run/events.ts';
import { evolveRun } from '../../../src/domain/run/evolve.ts';
import { currentStep, hasEnded, type Run } from '../../../src/domain/run/run.ts';
import { aPlan, aStep } from '../plan-builder.ts';
import { aRun, REQUESTER, START } from '../run-builder.ts';

const RESPONDER: Person = { id: 'U0RESPONDER', roles: ['responder'] };
export const PEOPLE: readonly Person[] = [
  { id: REQUESTER, roles: ['approver', 'responder'] },
  { id: 'U0ONE', roles: ['approver'] },
  { id: 'U0TWO', roles: ['approver', 'lead'] },
  { id: 'U0THREE', roles: ['lead'] },
  RESPONDER,
  { id: 'U0ADMIN', roles: ['admin'] },
  { id: 'U0NOBODY', roles: [] },
];
const MAY_DECIDE = ['responder'];
const MAY_UNLOCK = ['admin'];

const plans: readonly Plan[] = [1, 2, 3].flatMap((count) =>
  [false, true].map((requesterMayApprove) =>
    aPlan({
      approval: { roles: ['approver', 'lead'], count, requesterMayApprove },
      steps: [aStep.git(), aStep.run(), aStep.manual(), aStep.http()],
    }),
  ),
);
const digests = plans.map(digestPlan);

type Command = {
  readonly by: Actor;
  /** The digest on the card that was pressed, where it is not the one in force. */
  readonly pressed?: string | undefined;
  readonly decide: (run: Run, now: string) => Decision | NotNow;
};
const system: Actor = { kind: 'system', name: 'worker' };
const by = (person: Person): Actor => ({ kind: 'user', id: person.id });

const person = fc.constantFrom(...PEOPLE);
/** Mostly the plan in force, at times another one's digest: a press on a card that is out of date. */
const pressed = fc.option(fc.constantFrom(...digests), { freq: 5, nil: undefined });
const reason = fc.constantFrom('because', ' ');
const step = fc.constantFrom('rollback', 'deploy', 'look', 'healthy');

/** What ends or restarts a run; rare, or no story would get far. */
const disturbance: fc.Arbitrary<Command> = fc.oneof(
  fc.record({ person, pressed, reason }).map(deny),
  pressed.map(expire),
  person.map(cancel),
  fc.record({ person, reason }).map(unlock),
  fc.constantFrom(...plans).map(replace),
);

const given = fc.record({
  person: fc.oneof(person, fc.constant(RESPONDER)),
  step,
  attempt: fc.integer({ min: 1, max: 3 }),
  /** Whether the step and attempt are the ones that the run is at. */
  here: fc.option(fc.constant(true), { freq: 4, nil: false }),
  decision: fc.constantFrom('retry' as const, 'retry', 'done', 'done', 'skip', 'cannot', 'abort'),
});

const outcome = fc.constantFrom('succeeded' as const, 'succeeded', 'succeeded', 'failed', 'died');

const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 10, arbitrary: fc.record({ person, pressed }).map(approve) },
  { weight: 20, arbitrary: outcome.map(work) },
  { weight: 14, arbitrary: given.map(answer) },
  { weight: 2, arbitrary: disturbance },
);

function approve(press: { person: Person; pressed: string | undefined }): Command {
  return {
    by: by(press.person),
    pressed: press.pressed,
    decide: (run, now) =>
      decideApprove(run, { person: press.person, digest: press.pressed ?? run.digest, now }),
  };
}

function deny(press: { person: Person; pressed: string | undefined; reason: string }): Command {
  return {
    by: by(press.person),
    pressed: press.pressed,
    decide: (run, now) => decideDeny(run, { ...press, digest: press.pressed ?? run.digest, now }),
  };
}

function expire(digest: string | undefined): Command {
  return {
    by: system,
    decide: (run, now) => decideExpire(run, { digest: digest ?? run.digest, now, raisedUntil: now }),
  };
}

function cancel(canceller: Person): Command {
  return {
    by: by(canceller),
    decide: (run) => decideCancel(run, { person: canceller, mayDecide: MAY_DECIDE, reason: null }),
  };
}

function unlock(request: { person: Person; reason: string }): Command {
  return {
    by: by(request.person),
    decide: (run) => decideUnlock(run, { ...request, mayUnlock: MAY_UNLOCK }),
  };
}

function replace(plan: Plan): Command {
  return {
    by: system,
    decide: (run, now) => {
      const expiresAt = new Date(Date.parse(now) + 30 * 60_000).toISOString();
      return decideReplacePlan(run, {
        because: 'playbook-changed',
        plan,
        digest: digestPlan(plan),
        expiresAt,
      });
    },
  };
}

function answer(given: {
  person: Person;
  step: string;
  attempt: number;
  here: boolean;
  decision: 'retry' | 'skip' | 'abort' | 'done' | 'cannot';
}): Command {
  return {
    by: by(given.person),
    decide: (run) => {
      const now = currentStep(run);
      const at = given.here && now ? { step: now.plan.id, attempt: now.attempt } : given;
      return decideStep(run, {
        person: given.person,
        decision: given.decision,
        step: at.step,
        attempt: at.attempt,
        mayDecide: MAY_DECIDE,
        reason: 'done by hand',
      });
    },
  };
}

/** One move of a worker, as the engine makes them. */
function work(outcome: 'succeeded' | 'failed' | 'died'): Command {
  return {
    by: system,
    decide: (run) => ({ kind: 'accepted', events: hasEnded(run) ? [] : workEvents(run, outcome) }),
  };
}

function workEvents(run: Run, outcome: 'succeeded' | 'failed' | 'died'): readonly RunEventBody[] {
  const at = currentStep(run);
  if (run.status === 'awaiting_approval' || run.status === 'waiting') return [];
  if (run.status === 'queued') return [{ type: 'run.started', payload: { driver: 'worker' } }];
  if (at === undefined) return [{ type: 'run.succeeded', payload: { doubts: [] } }];
  const { id, kind } = at.plan;
  if (at.status === 'pending') {
    const attempt = at.attempt + 1;
    const started: RunEventBody = { type: 'step.started', payload: { step: id, attempt, driver: 'worker' } };
    if (kind !== 'manual') return [started];
    return [started, { type: 'step.waiting', payload: { step: id, attempt, until: null } }];
  }
  if (outcome === 'died') return [{ type: 'step.interrupted', payload: { step: id, attempt: at.attempt } }];
  const ended = { step: id, attempt: at.attempt, summary: '', tail: '', commit: null };
  if (run.cancel === null) return [{ type: 'step.finished', payload: { ...ended, outcome } }];
  return [
    { type: 'step.finished', payload: { ...ended, outcome: 'cancelled' } },
    { type: 'run.cancelled', payload: { why: 'cancelled' } },
  ];
}

type Taken = {
  readonly command: Command;
  readonly before: Run;
  readonly decision: Decision | NotNow;
  readonly after: Run;
};
type Story = { readonly events: readonly RunEvent[]; readonly taken: readonly Taken[]; readonly run: Run };

/** Runs as people and a worker make them, with every command that was given on the way. */
export const stories: fc.Arbitrary<Story> = fc
  .record({
    plan: fc.constantFrom(...plans),
    moves: fc.array(fc.record({ command, pauseMs: fc.constantFrom(0, 10, 1_000, 60_000, 10 * 60_000) }), {
      minLength: 1,
      maxLength: 60,
      size: 'max',
    }),
  })
  .map(({ plan, moves }) => {
    const events = [...aRun({ plan }).events()];
    let run = aRun({ plan }).build();
    let now = START;
    const taken: Taken[] = [];
    for (const { command: next, pauseMs } of moves) {
      now += pauseMs;
      const at = new Date(now).toISOString();
      const before = run;
      const decision = next.decide(run, at);
      for (const body of decision.kind === 'accepted' ? decision.events : []) {
        const version = run.version + 1;
        const event = parseRunEvent({
          id: `${run.id}-${version}`,
          stream: run.id,
          version,
          at,
          actor: next.by,
          ...body,
        });
        run = evolveRun(run, event);
        events.push(event);
      }
      taken.push({ command: next, before, decision, after: run });
    }
    return { events, taken, run };
  });

/** Holds something against a thousand stories. */
export const hold = (check: (story: Story) => void) =>
  fc.assert(fc.property(stories, check), { numRuns: 1_000 });
