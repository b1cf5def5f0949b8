import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Actor, Person } from '../../../../src/domain/actor.ts';
import type { Plan } from '../../../../src/domain/plan/plan.ts';
import { digestPlan } from '../../../../src/domain/plan/plan-digest.ts';
import {
  type Decision,
  decideCancel,
  decideReplacePlan,
  decideStep,
  decideUnlock,
  type NotNow,
} from '../../../../src/domain/run/decide.ts';
import { decideApprove, decideDeny, decideExpire } from '../../../../src/domain/run/decide-approval.ts';
import { parseRunEvent, type RunEvent, type RunEventBody } from '../../../../src/domain/run/events.ts';
import { evolveRun, foldRun } from '../../../../src/domain/run/evolve.ts';
import { currentStep, hasEnded, type Run } from '../../../../src/domain/run/run.ts';
import { aPlan, aStep } from '../../../support/plan-builder.ts';
import { aRun, REQUESTER, START } from '../../../support/run-builder.ts';

const RESPONDER: Person = { id: 'U0RESPONDER', roles: ['responder'] };
const PEOPLE: readonly Person[] = [
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
        reason: null,
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
  if (at === undefined) return [{ type: 'run.succeeded', payload: {} }];
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

const stories: fc.Arbitrary<Story> = fc
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

const hold = (check: (story: Story) => void) => fc.assert(fc.property(stories, check), { numRuns: 1_000 });

/** Read from the events alone, without the fold: the approvals given to the plan in force at each `run.queued`. */
function approvalsAtQueueing(events: readonly RunEvent[]) {
  let inForce: { plan: Plan; digest: string; expiresAt: string } | undefined;
  let given: (RunEvent & { type: 'approval.granted' })[] = [];
  return events.flatMap((event) => {
    if (event.type === 'rollback.requested' || event.type === 'plan.replaced') {
      inForce = event.payload;
      given = [];
    }
    if (event.type === 'approval.granted') given.push(event);
    return event.type === 'run.queued' && inForce ? [{ ...inForce, given: [...given] }] : [];
  });
}

describe('whatever people and workers do, in whatever order', () => {
  it('stories reach every ending, or the other properties would prove nothing', () => {
    const endings = new Set(fc.sample(stories, { numRuns: 1_500, seed: 7 }).map(({ run }) => run.status));
    expect([...endings]).toEqual(
      expect.arrayContaining(['succeeded', 'failed', 'cancelled', 'denied', 'expired']),
    );
  });

  it('no run is queued without the demanded approvals of different people on the plan in force, in time', () => {
    hold(({ events }) => {
      for (const { plan, digest, expiresAt, given } of approvalsAtQueueing(events)) {
        const people = new Set(given.map(({ actor }) => (actor.kind === 'user' ? actor.id : '')));
        expect(people.size).toBe(given.length);
        expect(people.size).toBeGreaterThanOrEqual(plan.approval.count);
        expect(given.every((event) => event.payload.digest === digest && event.at < expiresAt)).toBe(true);
      }
    });
  });

  it('nothing starts without having been queued for the plan in force', () => {
    hold(({ events }) => {
      let queuedFor: string | undefined;
      let digest: string | undefined;
      for (const event of events) {
        if (event.type === 'rollback.requested' || event.type === 'plan.replaced')
          digest = event.payload.digest;
        if (event.type === 'plan.replaced') queuedFor = undefined;
        if (event.type === 'run.queued') queuedFor = event.payload.digest;
        if (event.type === 'run.started' || event.type === 'step.started') expect(queuedFor).toBe(digest);
      }
    });
  });

  it('only people with a demanded role approve, and whoever asked only where that is allowed', () => {
    hold(({ events }) => {
      for (const { plan, given } of approvalsAtQueueing(events)) {
        for (const { actor, payload } of given) {
          const roles = PEOPLE.find(({ id }) => actor.kind === 'user' && actor.id === id)?.roles ?? [];
          expect(plan.approval.roles).toContain(payload.role);
          expect(roles).toContain(payload.role);
          if (!plan.approval.requesterMayApprove) expect(actor).not.toEqual({ kind: 'user', id: REQUESTER });
        }
      }
    });
  });

  it('a press on a card of another plan than the one in force never counts', () => {
    hold(({ taken }) => {
      for (const { command: given, before, decision } of taken) {
        if (given.pressed === undefined || given.pressed === before.digest) continue;
        expect(decision.kind).toBe('refused');
      }
    });
  });

  it('an ended run takes no more events of commands and never changes its status', () => {
    hold(({ taken }) => {
      for (const { before, decision, after } of taken) {
        if (!hasEnded(before)) continue;
        expect(after.status).toBe(before.status);
        expect(decision.kind !== 'accepted' || decision.events.length === 0).toBe(true);
      }
    });
  });

  it('every command gives events, a named refusal, or says that it is too early or too late', () => {
    hold(({ taken }) => {
      for (const { decision } of taken) {
        if (decision.kind === 'refused') expect(decision.refusal.reason).toMatch(/^[a-z-]+$/);
        else if (decision.kind === 'accepted') expect(Array.isArray(decision.events)).toBe(true);
        else expect(decision.kind).toMatch(/^(moved-on|too-early)$/);
      }
    });
  });

  it('folding the stored events again gives the same state', () => {
    hold(({ events, run }) => {
      expect(foldRun(events.map((event) => parseRunEvent(JSON.parse(JSON.stringify(event)))))).toEqual(run);
    });
  });

  it('at most one step is in flight, no step is passed over, and success means that every step is over', () => {
    hold(({ taken }) => {
      for (const { after } of taken) {
        const over = after.steps.map(({ status }) => status === 'succeeded' || status === 'skipped');
        expect(after.steps.filter(({ status }) => status === 'running').length).toBeLessThanOrEqual(1);
        expect(over.lastIndexOf(true)).toBeLessThan(over.includes(false) ? over.indexOf(false) : over.length);
        if (after.status === 'succeeded') expect(over).not.toContain(false);
      }
    });
  });

  it('no verification is ever skipped', () => {
    hold(({ run }) => {
      expect(run.steps.find(({ plan }) => plan.id === 'healthy')?.status).not.toBe('skipped');
    });
  });

  it('an attempt is started once: its number never comes twice for a step', () => {
    hold(({ events }) => {
      const attempts = events.flatMap((event) =>
        event.type === 'step.started' ? [`${event.payload.step} ${event.payload.attempt}`] : [],
      );
      expect(new Set(attempts).size).toBe(attempts.length);
    });
  });
});
