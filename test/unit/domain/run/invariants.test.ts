import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Actor } from '../../../../src/domain/actor.ts';
import type { Plan } from '../../../../src/domain/plan/plan.ts';
import { digestPlan } from '../../../../src/domain/plan/plan-digest.ts';
import { decideStart } from '../../../../src/domain/run/decide.ts';
import { decideRequest } from '../../../../src/domain/run/decide-request.ts';
import { parseRunEvent, type RunEvent } from '../../../../src/domain/run/events.ts';
import { foldRun } from '../../../../src/domain/run/evolve.ts';
import {
  hold,
  MAY_BREAK,
  PEOPLE,
  planOf,
  SEVERITIES,
  stories,
} from '../../../support/run/approval-stories.ts';
import { START } from '../../../support/run-builder.ts';

type Granted = RunEvent & { readonly type: 'approval.granted' };
/** Everything that speaks for a plan, read from the events alone and never from the fold. */
type Case = {
  plan: Plan;
  digest: string;
  until: string;
  roles: readonly string[];
  given: Granted[];
  glass: boolean;
  policy: boolean;
};

/** Each queueing and each start, with the case for it at that moment. */
function beginnings(events: readonly RunEvent[]): readonly Case[] {
  let now: Case | undefined;
  return events.flatMap((event) => {
    if (event.type === 'rollback.requested' || event.type === 'plan.replaced') {
      const { plan, digest, expiresAt: until } = event.payload;
      now = { plan, digest, until, roles: plan.approval.roles, given: [], glass: false, policy: false };
    }
    if (now === undefined) return [];
    if (event.type === 'approval.raised') {
      now = { ...now, until: event.payload.expiresAt, roles: [...now.roles, ...event.payload.roles] };
    }
    if (event.type === 'approval.granted' && event.at < now.until) now.given.push(event);
    if (event.type === 'glass.broken') now.glass = true;
    if (event.type === 'approval.by-policy') now.policy = true;
    return event.type === 'run.queued' || event.type === 'run.started'
      ? [{ ...now, given: [...now.given] }]
      : [];
  });
}

function supporters({ plan, digest, roles, given }: Case, requester: Actor): ReadonlySet<string> {
  const ids = given.flatMap(({ actor, payload }) => {
    const who = PEOPLE.find(({ id }) => actor.kind === 'user' && actor.id === id);
    const entitled = roles.includes(payload.role) && who?.roles.includes(payload.role);
    const own = requester.kind === 'user' && requester.id === who?.id && !plan.approval.requesterMayApprove;
    return entitled && !own && payload.digest === digest ? [who?.id ?? ''] : [];
  });
  return new Set(ids);
}

describe('whoever does what in whatever order', () => {
  it('stories get to every kind of beginning and ending, or the rest would prove nothing', () => {
    const seen = new Set<string>();
    for (const { events, run } of fc.sample(stories, { numRuns: 1_500, seed: 11 })) {
      seen.add(run.status);
      for (const { plan, glass, policy, given } of beginnings(events))
        seen.add(glass ? 'by glass' : policy ? 'by policy' : `by ${given.length} on ${plan.severity}`);
      for (const { type } of events) seen.add(type);
    }
    expect([...seen]).toEqual(
      expect.arrayContaining([
        ...['awaiting_approval', 'queued', 'running', 'deferred', 'denied', 'expired', 'cancelled'],
        ...['by glass', 'by policy', 'by 1 on P0', 'by 1 on P1', 'by 2 on P2'],
        ...['approval.raised', 'plan.replaced', 'run.started'],
      ]),
    );
  });

  it('no run is queued or started without what its severity demands at that moment', () => {
    hold(({ events, run }) => {
      for (const beginning of beginnings(events)) {
        const { count, nextDeployment } = beginning.plan.approval;
        const enough = !nextDeployment && supporters(beginning, run.requestedBy).size >= count;
        expect(beginning.glass || beginning.policy || enough).toBe(true);
      }
    });
  });

  it('what is queued without it is not started, whatever put it there', () => {
    hold(({ run }) => {
      if (run.status !== 'awaiting_approval' && run.status !== 'deferred') return;
      const forged = { ...run, status: 'queued' as const };
      const people = new Set(run.approvals.map(({ by: actor }) => (actor.kind === 'user' ? actor.id : '')));
      if (!run.plan.approval.nextDeployment && people.size >= run.plan.approval.count) return;
      expect(decideStart(forged, { driver: 'worker' })).toMatchObject({
        refusal: { reason: 'not-approved' },
      });
    });
  });

  it('whoever asked never counts as an approver where the severity does not say so', () => {
    hold(({ events, taken, run }) => {
      for (const { command: given, before, decision } of taken) {
        if (given.name !== 'approve' || before.plan.approval.requesterMayApprove) continue;
        if (JSON.stringify(given.by) !== JSON.stringify(run.requestedBy)) continue;
        expect(decision.kind).toBe('refused');
      }
      const broken = events.filter(({ type }) => type === 'glass.broken');
      for (const { actor } of broken) {
        const roles = PEOPLE.find(({ id }) => actor.kind === 'user' && actor.id === id)?.roles ?? [];
        expect(roles.some((role) => MAY_BREAK.includes(role))).toBe(true);
      }
    });
  });

  it('a press for another plan digest than the one in force never counts', () => {
    hold(({ events, taken }) => {
      for (const { command: given, before, decision } of taken) {
        if (given.pressed === undefined || given.pressed === before.digest) continue;
        expect(decision.kind).toBe('refused');
      }
      let digest = '';
      for (const { type, payload } of events) {
        if (type === 'rollback.requested' || type === 'plan.replaced') digest = payload.digest;
        else if ('digest' in payload) expect(payload.digest).toBe(digest);
      }
    });
  });

  it('one denial ends it: nothing is queued, started or granted after it', () => {
    hold(({ events, run }) => {
      const denied = events.findIndex(({ type }) => type === 'approval.denied');
      if (denied < 0) return;
      expect(events.slice(denied + 1)).toEqual([]);
      expect(run.status).toBe('denied');
    });
  });

  it('the rung above is asked once a plan, and nothing expires before it was', () => {
    hold(({ events }) => {
      let left = 0;
      for (const event of events) {
        if (event.type === 'rollback.requested' || event.type === 'plan.replaced')
          left = event.payload.plan.approval.raiseTo.length > 0 ? 1 : 0;
        if (event.type === 'approval.raised') left -= 1;
        expect(left).toBeGreaterThanOrEqual(0);
        if (event.type === 'approval.expired') expect(left).toBe(0);
      }
    });
  });

  it('what waits for the next deployment leaves that list only by glass, cancelling or another severity', () => {
    hold(({ taken }) => {
      for (const { command: given, before, decision } of taken) {
        if (before.status !== 'deferred' || decision.kind !== 'accepted') continue;
        expect(['break glass', 'cancel', 'restate', 'replace']).toContain(given.name);
      }
    });
  });

  it('broken glass stays on the run whatever comes after', () => {
    hold(({ events, run }) => {
      expect(run.glass !== null).toBe(events.some(({ type }) => type === 'glass.broken'));
    });
  });

  it('every command leads to events, to a named refusal, or to nothing as it is too early or too late', () => {
    hold(({ taken }) => {
      for (const { decision } of taken) {
        if (decision.kind === 'refused') expect(decision.refusal.reason).toMatch(/^[a-z]+(-[a-z]+)*$/);
        else if (decision.kind === 'accepted') expect(decision.events.length).toBeGreaterThan(0);
        else expect(decision.kind).toMatch(/^(moved-on|too-early)$/);
      }
    });
  });

  it('folding the stored events again gives the same state', () => {
    hold(({ events, run }) => {
      expect(foldRun(events.map((event) => parseRunEvent(JSON.parse(JSON.stringify(event)))))).toEqual(run);
    });
  });
});

it('the policy never approves what a person has to look at', () => {
  const policy = { incident: 'INC-12', rule: '30 minutes without a fix' };
  fc.assert(
    fc.property(fc.constantFrom(...SEVERITIES), fc.boolean(), (severity, red) => {
      const plan = planOf(severity, { red });
      const request = { incident: null, reason: 'down', checklist: [], thread: null, plan };
      const expiresAt = new Date(START).toISOString();
      const decision = decideRequest({ ...request, digest: digestPlan(plan), expiresAt }, policy);
      expect(decision.kind).toBe(red || plan.approval.nextDeployment ? 'refused' : 'accepted');
    }),
  );
});
