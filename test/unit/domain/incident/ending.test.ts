import { describe, expect, it } from 'vitest';
import { decideCommand, type IncidentCommand } from '../../../../src/domain/incident/actions/commands.ts';
import { decideRollbackBlocked } from '../../../../src/domain/incident/rollback-blocked.ts';
import type { Severity } from '../../../../src/domain/severity.ts';
import { about, FOUND_IT, RESOLVE, RESPONDER, refused } from '../../../support/incident-people.ts';
import { shippedTeam } from '../../../support/shipped-team.ts';
import { type SimulatedIncident, simulateIncident } from '../../../support/simulate-incident.ts';

const team = await shippedTeam();
const day = 24 * 60;

const anIncident = (severity: Severity) => simulateIncident({ team, severity });
const changeTo = (incident: SimulatedIncident, to: Severity, reason = 'more users than we thought') =>
  incident.act(RESPONDER, { press: 'change-severity', to, reason });
const reopen = (incident: SimulatedIncident, reason = 'it is back') =>
  incident.act(RESPONDER, { press: 'reopen', reason });

describe('resolving', () => {
  it('ends every timer but that of the closing, 24 hours later', () => {
    const incident = anIncident('P0');
    incident.advance(12);
    incident.act(RESPONDER, RESOLVE);
    incident.advance(10 * day);
    expect(incident.told(11)).toEqual([
      '12 incident.acknowledged',
      '12 incident.resolved',
      `${12 + day} incident.closed`,
    ]);
  });

  it('needs a summary', () => {
    expect(anIncident('P0').act(RESPONDER, { press: 'resolve', summary: '\n' })).toEqual(
      refused('missing-reason'),
    );
  });

  it('leaves nothing to press', () => {
    const incident = anIncident('P0');
    incident.act(RESPONDER, RESOLVE);
    const note = { text: 'late', by: 'U0ONE', permalink: '', message: { channel: 'C0', ts: '1.2' } };
    const commands: readonly IncidentCommand[] = [
      { press: 'acknowledge' },
      FOUND_IT,
      RESOLVE,
      { press: 'note', ...note },
      { press: 'merge', into: 'INC-9' },
    ];
    for (const command of commands)
      expect(incident.act(RESPONDER, command)).toEqual(refused('incident-over'));
    expect(changeTo(incident, 'P1')).toEqual(refused('incident-over'));
  });

  it('lets a rollback that is refused just then call in nobody', () => {
    const incident = anIncident('P0');
    incident.act(RESPONDER, RESOLVE);
    const before = incident.events().length;
    incident.ask(RESPONDER, (state) => decideRollbackBlocked(state, { service: 'shop', why: 'a migration' }));
    expect(incident.events()).toHaveLength(before);
  });
});

describe('reopening', () => {
  it('within 24 hours runs the policy anew, and nobody is told twice', () => {
    const incident = anIncident('P0');
    incident.advance(16);
    incident.act(RESPONDER, RESOLVE);
    incident.advance(day + 15);
    expect(reopen(incident).kind).toBe('accepted');
    const since = day + 15;
    incident.advance(since + 60);
    expect(about(incident, 'escalation.')).toEqual([
      '0 escalation.reached on-call',
      '15 escalation.reached team-lead (not-acknowledged)',
      `${since + 30} escalation.reached manager`,
      `${since + 60} escalation.reached executive`,
    ]);
    expect(about(incident, ' rollback.')).toEqual([
      `${since + 20} rollback.warned`,
      `${since + 25} rollback.warned`,
      `${since + 30} rollback.triggered`,
    ]);
    expect(incident.incident()).toMatchObject({ status: 'investigating', resolution: null });
  });

  it('is refused after 24 hours to the millisecond, and of what goes on', () => {
    const incident = anIncident('P1');
    expect(reopen(incident)).toEqual(refused('not-resolved'));
    incident.act(RESPONDER, RESOLVE);
    incident.advance(day - 1 / 60_000);
    expect(reopen(incident, ' ')).toEqual(refused('missing-reason'));
    incident.advance(day);
    expect(reopen(incident)).toEqual(refused('incident-closed'));
    expect(incident.incident().status).toBe('closed');
  });

  it('is refused once 24 hours are over, even where the closing is late', () => {
    const incident = anIncident('P1');
    incident.act(RESPONDER, RESOLVE);
    const at = new Date(incident.now() + day * 60_000).toISOString();
    expect(
      incident.ask(RESPONDER, (state, asking) =>
        decideCommand(
          state,
          { ...asking, now: at },
          { press: 'reopen', reason: 'again' },
          { team, other: undefined },
        ),
      ),
    ).toEqual(refused('incident-closed'));
  });

  it('releases what was held', () => {
    const incident = simulateIncident({ team, severity: 'P1', commander: RESPONDER.id });
    incident.append(
      { kind: 'user', id: RESPONDER.id },
      {
        type: 'escalation.held',
        payload: { until: new Date(incident.now() + 3_600_000).toISOString(), reason: 'all are here' },
      },
    );
    incident.act(RESPONDER, RESOLVE);
    reopen(incident);
    expect(incident.incident().ladderHold).toBeNull();
  });
});

describe('merging', () => {
  it('closes the one that was declared twice, for good', () => {
    const incident = anIncident('P0');
    const merge = (into: string) => incident.act(RESPONDER, { press: 'merge', into });
    expect(merge('INC-1')).toEqual(refused('unknown-incident'));
    merge('INC-9');
    incident.advance(10 * day);
    expect(incident.told()).toEqual(['0 incident.merged']);
    expect(incident.incident()).toMatchObject({ status: 'closed', mergedInto: 'INC-9' });
    expect(reopen(incident)).toEqual(refused('not-resolved'));
  });
});
