import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseIncidentEvent } from '../../../../src/domain/incident/events.ts';
import { foldIncident } from '../../../../src/domain/incident/evolve.ts';
import type { Schedule } from '../../../../src/domain/incident/schedule.ts';
import {
  ADMINS,
  hold,
  isOf,
  minute,
  PEOPLE,
  scheduleIn,
  statusIn,
  stories,
} from '../../../support/incident-stories.ts';

/** After each of these somebody or something has said how it stands; a severity also as it is lowered, to be short. */
const ENDS_PROOF: readonly string[] = [
  'incident.updated',
  'rollback.unverified',
  'severity.changed',
  'incident.reopened',
];

describe('whatever people, runs and time do to an incident, in whatever order', { timeout: 60_000 }, () => {
  it('stories reach everything that can happen, or the other properties would prove nothing', () => {
    const seen = new Set(
      fc
        .sample(stories, { numRuns: 1_500, seed: 7 })
        .flatMap(({ events, decisions }) => [
          ...events.map(({ type, payload }) => ('because' in payload ? `${type} ${payload.because}` : type)),
          ...decisions.flatMap((decision) => (decision.kind === 'refused' ? [decision.refusal.reason] : [])),
        ]),
    );
    const never: readonly string[] = [
      'incident.absorbed',
      'channel.opened',
      'channel.incomplete',
      'press.refused',
    ];
    expect([...seen].filter((name) => never.includes(name))).toEqual([]);
    expect([...seen]).toEqual(
      expect.arrayContaining([
        ...['update.asked', 'update.missed', 'roles.asked-again', 'response.overdue', 'decision.due'],
        ...[
          'escalation.reached time',
          'escalation.reached not-acknowledged',
          'escalation.reached rollback-blocked',
        ],
        ...[
          'rollback.warned',
          'rollback.held',
          'rollback.triggered',
          'rollback.stood-down',
          'rollback.blocked',
        ],
        ...[
          'escalation.held',
          'escalation.released',
          'rollback.released',
          'rollback.verified',
          'rollback.unverified',
          'incident.merged',
          'incident.reopened',
          'incident.closed',
          'incident.acknowledged',
        ],
        ...['incident-over', 'incident-closed', 'not-resolved', 'already-acknowledged', 'same-severity'],
        ...['role-taken', 'not-commander', 'nothing-to-hold', 'nothing-to-start', 'already-started'],
        ...['not-permitted', 'missing-reason', 'bad-parameter', 'nothing-to-release'],
        ...['already-monitoring', 'not-rolled-back'],
      ]),
    );
  });

  it('an automatic rollback is never triggered while held, mitigated or over, nor twice by one schedule', () => {
    hold(({ events }) => {
      let held = false;
      let status = 'investigating';
      let triggered = 0;
      let planned: Schedule['automaticRollback'] = null;
      for (const event of events) {
        const schedule = scheduleIn(event);
        if (schedule) [planned, held, triggered] = [schedule.automaticRollback, false, 0];
        status = statusIn(event) ?? status;
        if (event.type === 'rollback.held') held = true;
        if (isOf(event, 'rollback.released')) {
          held = false;
          expect(Date.parse(event.payload.startsAt)).toBeGreaterThanOrEqual(
            Date.parse(event.at) + 5 * minute,
          );
          expect(event.payload.startsAt >= (planned?.at ?? '')).toBe(true);
        }
        if (!isOf(event, 'rollback.triggered')) continue;
        triggered += 1;
        expect([triggered, status === 'monitoring' || status === 'resolved' || status === 'closed']).toEqual([
          1,
          false,
        ]);
        expect(planned).not.toBeNull();
        if (event.payload.rule === 'automatic') {
          expect(held).toBe(false);
          expect(event.at >= (planned?.at ?? '')).toBe(true);
        }
      }
    });
  });

  it('Roll back is pressed by those alone who may approve, and holding the ladder by the commander', () => {
    hold(({ events }) => {
      let commander: string | null = null;
      for (const event of events) {
        if (isOf(event, 'incident.declared')) commander = event.payload.commander;
        if (isOf(event, 'role.taken') && event.payload.role === 'commander') commander = event.payload.user;
        const who = PEOPLE.find(({ id }) => event.actor.kind === 'user' && id === event.actor.id);
        if (isOf(event, 'rollback.triggered') && event.payload.rule === 'go-now')
          expect(who?.roles.some((role) => ADMINS.includes(role))).toBe(true);
        if (event.type === 'escalation.held') expect(who?.id).toBe(commander);
      }
    });
  });

  it('nobody is called in while the ladder is held, or the harm has stopped or is proven to, and nobody twice', () => {
    hold(({ events }) => {
      let heldUntil = '';
      let status = 'investigating';
      let verified = false;
      const told: string[] = [];
      for (const event of events) {
        status = statusIn(event) ?? status;
        if (isOf(event, 'escalation.held')) heldUntil = event.payload.until;
        if (event.type === 'incident.resolved') heldUntil = '';
        if (event.type === 'escalation.released') heldUntil = '';
        if (event.type === 'rollback.verified') verified = true;
        if (ENDS_PROOF.includes(event.type)) verified = false;
        if (!isOf(event, 'escalation.reached')) continue;
        told.push(event.payload.role);
        expect(['monitoring', 'resolved', 'closed']).not.toContain(status);
        expect(verified).toBe(false);
        if (event.payload.because !== 'rollback-blocked') expect(event.at >= heldUntil).toBe(true);
      }
      expect(new Set(told).size).toBe(told.length);
    });
  });

  it('nothing but closing, reopening and news of runs comes after the resolution', () => {
    const allowed: readonly string[] = [
      'incident.closed',
      'incident.reopened',
      'run.linked',
      'run.began',
      'run.settled',
    ];
    hold(({ events }) => {
      let over = false;
      for (const event of events) {
        if (over) expect(allowed).toContain(event.type);
        if (statusIn(event) !== undefined) over = ['resolved', 'closed'].includes(statusIn(event) ?? '');
      }
    });
  });

  it('every command leads to events or to a named refusal', () => {
    hold(({ decisions }) => {
      for (const decision of decisions) {
        if (decision.kind === 'refused') expect(decision.refusal.reason).toMatch(/^[a-z-]+$/);
        else expect(Array.isArray(decision.events)).toBe(true);
      }
    });
  });

  it('folding the stored events again gives the same state', () => {
    hold(({ events, stood }) => {
      const again = events.map((event) => parseIncidentEvent(JSON.parse(JSON.stringify(event))));
      expect(again).toEqual(events);
      expect(foldIncident(again)).toEqual(stood.at(-1)?.incident);
    });
  });
});
