import { describe, expect, it } from 'vitest';
import { personActor } from '../../../../src/domain/actor.ts';
import { decideAbsorb } from '../../../../src/domain/incident/absorb.ts';
import { evolvedBy } from '../../../../src/domain/incident/evolve.ts';
import type { Incident } from '../../../../src/domain/incident/incident.ts';
import { nextDue } from '../../../../src/domain/incident/timers.ts';
import { anIncident, type IncidentBuilder } from '../../../support/incident-builder.ts';

const MINUTE = 60_000;
const MERGER = 'U0MERGER';

const other = (start: Parameters<typeof anIncident>[0] = {}) =>
  anIncident({ id: 'INC-13', title: 'Nobody can pay', services: ['payments'], ...start });

/** What goes on, once the other story was merged into it at that story's end. */
function merged(into: IncidentBuilder, from: IncidentBuilder): Incident {
  const at = new Date(from.now()).toISOString();
  const merging = { at, actor: personActor({ id: MERGER }) };
  return evolvedBy(into.build(), decideAbsorb(into.build(), from.build(), merging), merging);
}

describe('an incident into which another was merged', () => {
  it('is about what the other hit as well, began when the first of them did, and knows whom it took over', () => {
    const startedAt = '2026-01-05T02:00:00.000Z';
    expect(merged(anIncident(), other({ startedAt }))).toMatchObject({
      services: ['web-shop', 'payments'],
      startedAt,
      absorbed: ['INC-13'],
    });
    const later = '2026-01-05T02:59:59.000Z';
    expect(merged(anIncident(), other({ startedAt: later })).startedAt).toBe(anIncident().build().startedAt);
  });

  it('is as severe as the more severe of both, and no clock of that one stops or starts anew', () => {
    const p0 = other({ severity: 'P0' }).lived(16 * MINUTE);
    const incident = merged(anIncident({ severity: 'P2' }), p0);
    expect(incident.severity).toBe('P0');
    const { automaticRollback, ladder, updateDueAt } = p0.build();
    expect(incident.automaticRollback).toMatchObject({ at: automaticRollback?.at, outcome: 'planned' });
    expect(incident.updateDueAt).toBe(updateDueAt);
    const toCome = (of: Incident['ladder']) => of.filter(({ reachedAt }) => reachedAt === null);
    expect(toCome(ladder).length).toBeLessThan(ladder.length);
    expect(toCome(incident.ladder)).toEqual(toCome(ladder));
  });

  it('keeps its own severity and clocks where it is the more severe', () => {
    const p0 = anIncident({ severity: 'P0' });
    const incident = merged(p0, other({ severity: 'P3' }));
    expect(incident).toMatchObject({ severity: 'P0', automaticRollback: p0.build().automaticRollback });
  });

  it('has whoever worked on the other, but in no role that somebody has', () => {
    const from = other()
      .acknowledgedBy('U0ACK')
      .roleTaken('commander', 'U0OTHER')
      .roleTaken('scribe', 'U0SCRIBE');
    const incident = merged(anIncident().roleTaken('commander', 'U0OWN'), from);
    expect(incident.roles).toMatchObject({ commander: 'U0OWN', scribe: 'U0SCRIBE', communications: null });
    expect(incident.acknowledged?.by).toEqual(personActor({ id: MERGER }));
  });

  it('holds what was held there, for the time that is left', () => {
    const from = other({ severity: 'P0' })
      .ladderHeld(60 * MINUTE, 'all are here')
      .rollbackHeld('mended soon');
    const incident = merged(anIncident({ severity: 'P0' }), from.after(10 * MINUTE));
    expect(incident.ladderHold).toMatchObject({
      until: from.build().ladderHold?.until,
      reason: 'all are here',
    });
    expect(incident.automaticRollback?.held).toMatchObject({ reason: 'mended soon' });
    const over = other({ severity: 'P0' })
      .ladderHeld(5 * MINUTE)
      .after(6 * MINUTE);
    expect(merged(anIncident({ severity: 'P0' }), over).ladderHold).toBeNull();
  });

  it('is as live as the other, though its own harm had stopped', () => {
    const p0 = other({ severity: 'P0' }).lived(16 * MINUTE);
    const watched = anIncident({ severity: 'P0' }).updated({ status: 'monitoring' });
    const incident = merged(watched, p0);
    expect(incident).toMatchObject({ status: 'investigating', mitigatedSince: null });
    expect(nextDue(incident)).toBeDefined();
  });

  it('has the automatic rollback of the other where its own has made way, and what was known of what that hits', () => {
    const rolledBack = anIncident({ severity: 'P0' })
      .runLinked('RUN-1')
      .lived(31 * MINUTE);
    expect(rolledBack.build().automaticRollback?.outcome).toBe('stood-down');
    const from = other({ severity: 'P0' }).deployed('v2.1', 'v2.0', { service: 'payments' });
    const incident = merged(rolledBack, from);
    expect(incident.automaticRollback).toMatchObject({
      ...{ outcome: 'planned', at: from.build().automaticRollback?.at },
    });
    expect(incident.deployed['payments']).toMatchObject({ late: false, version: { release: 'v2.1' } });
  });

  it('has nobody called in again for an answer that was overdue before', () => {
    const p0 = other({ severity: 'P0' }).lived(16 * MINUTE);
    expect(p0.build().responseOverdue).toBe(true);
    expect(merged(anIncident({ severity: 'P2' }), p0).respondBy).toBeNull();
  });

  it('takes a rollback of the other for what it was when it was, and none of before that was reopened', () => {
    const from = other({ services: ['web-shop'] })
      .runLinked('RUN-1')
      .runSettled('RUN-1', 'succeeded')
      .after(MINUTE)
      .resolvedBy('U0LEAD')
      .after(MINUTE)
      .reopenedBy('U0LEAD');
    expect(merged(anIncident(), from).runs).toEqual([]);
    const later = other().after(MINUTE).runLinked('RUN-1').after(MINUTE);
    const own = anIncident()
      .after(2 * MINUTE)
      .runLinked('RUN-2');
    expect(merged(own, later.after(5 * MINUTE)).runs.map(({ run }) => run)).toEqual(['RUN-1', 'RUN-2']);
  });

  it('has the runs of the other, as they ended', () => {
    const from = other().runLinked('RUN-1', 'payments').runSettled('RUN-1', 'failed').runLinked('RUN-2');
    expect(merged(anIncident().runLinked('RUN-2'), from).runs).toMatchObject([
      { run: 'RUN-2', status: null },
      { run: 'RUN-1', status: 'failed' },
    ]);
  });
});
