import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../../src/domain/plan/plan.ts';
import { parseRunEvent, type RunEvent } from '../../../../src/domain/run/events.ts';
import { foldRun } from '../../../../src/domain/run/evolve.ts';
import { hasEnded } from '../../../../src/domain/run/run.ts';
import { hold, PEOPLE, stories } from '../../../support/run/work-stories.ts';
import { REQUESTER } from '../../../support/run-builder.ts';

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
