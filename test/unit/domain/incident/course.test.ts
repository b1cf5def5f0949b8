import { describe, expect, it } from 'vitest';
import type { Person } from '../../../../src/domain/actor.ts';
import { IncidentRole } from '../../../../src/domain/incident/events.ts';
import {
  decideAcknowledge,
  decideChangeSeverity,
  decideMerge,
  decideNote,
  decideReopen,
  decideResolve,
  decideRollbackBlocked,
  decideTakeRole,
  decideUpdate,
} from '../../../../src/domain/incident/may-work.ts';
import type { Severity } from '../../../../src/domain/severity.ts';
import { shippedTeam } from '../../../support/shipped-team.ts';
import { type Ask, type SimulatedIncident, simulateIncident } from '../../../support/simulate-incident.ts';

const team = await shippedTeam();
const RESPONDER: Person = { id: 'U0RESPONDER', roles: ['responder'] };
const NOBODY: Person = { id: 'U0NOBODY', roles: [] };
const day = 24 * 60;

const anIncident = (severity: Severity) => simulateIncident({ team, severity });
const changeTo = (incident: SimulatedIncident, to: Severity, reason = 'more users than we thought') =>
  incident.ask(RESPONDER, (state, asking) =>
    decideChangeSeverity(state, { ...asking, to, reason, schedule: incident.scheduleNow(to) }),
  );
const update: Ask = (state, asking) =>
  decideUpdate(state, { ...asking, status: 'identified', done: ' Found it ', next: 'Mend it', eta: '' });
const resolve: Ask = (state, asking) => decideResolve(state, { ...asking, summary: 'Rolled back' });
const reopen = (incident: SimulatedIncident, reason = 'it is back') =>
  incident.ask(RESPONDER, (state, asking) =>
    decideReopen(state, { ...asking, reason, schedule: incident.scheduleNow(state.severity) }),
  );
const refused = (reason: string) => ({ kind: 'refused', refusal: expect.objectContaining({ reason }) });
const about = (incident: SimulatedIncident, ...words: readonly string[]) =>
  incident.told().filter((line) => words.some((word) => line.includes(word)));

describe('a severity that is raised', () => {
  it('has its own ladder from then on, and nobody is told twice', () => {
    const incident = anIncident('P2');
    incident.advance(61);
    changeTo(incident, 'P1');
    incident.advance(300);
    expect(about(incident, 'escalation.')).toEqual([
      '60 escalation.reached team-lead',
      '61 escalation.reached on-call',
      '91 escalation.reached manager',
      '121 escalation.reached executive (not-acknowledged)',
    ]);
  });

  it('to P0 gets an automatic rollback with its warnings, which goes when it is lowered', () => {
    const incident = anIncident('P1');
    incident.advance(40);
    changeTo(incident, 'P0');
    incident.advance(61);
    changeTo(incident, 'P1', 'a workaround holds');
    incident.advance(300);
    expect(about(incident, ' rollback.')).toEqual(['60 rollback.warned']);
    changeTo(incident, 'P0');
    incident.advance(400);
    expect(about(incident, ' rollback.').slice(1)).toEqual([
      '320 rollback.warned',
      '325 rollback.warned',
      '330 rollback.triggered',
    ]);
  });

  it('has somebody acknowledge within its own time, unless somebody has', () => {
    const incident = anIncident('P2');
    incident.advance(5);
    changeTo(incident, 'P0');
    incident.advance(20);
    expect(about(incident, 'response.')).toEqual(['20 response.overdue']);

    const known = anIncident('P2');
    known.ask(RESPONDER, decideAcknowledge);
    changeTo(known, 'P0');
    known.advance(240);
    expect(about(known, 'response.')).toEqual([]);
  });
});

describe('a severity that is lowered', () => {
  it('calls in nobody more, and asks for no decision that was for the old one', () => {
    const incident = anIncident('P1');
    incident.advance(16);
    changeTo(incident, 'P3');
    incident.advance(2 * day);
    expect(about(incident, 'escalation.')).toHaveLength(2);
    expect(about(incident, 'decision.')).toEqual([]);
  });
});

describe('a changed severity and the next update', () => {
  it('that was promised stays due where the new one leaves more time', () => {
    const incident = anIncident('P1');
    incident.advance(26);
    changeTo(incident, 'P3');
    incident.advance(2 * day);
    expect(about(incident, ' update.').slice(0, 4)).toEqual([
      '25 update.asked',
      '30 update.missed',
      `${30 + day - 5} update.asked`,
      `${30 + day} update.missed`,
    ]);
  });

  it('is due sooner where the new one wants it sooner', () => {
    const incident = anIncident('P3');
    incident.advance(60);
    changeTo(incident, 'P1');
    incident.advance(90);
    expect(about(incident, ' update.')).toEqual(['85 update.asked', '90 update.missed']);
  });

  it('needs a reason and another severity', () => {
    const incident = anIncident('P1');
    expect(changeTo(incident, 'P1')).toEqual(refused('same-severity'));
    expect(changeTo(incident, 'P0', ' ')).toEqual(refused('missing-reason'));
  });
});

describe('updates', () => {
  it('given early move the next one, and nobody is asked for the old one', () => {
    const incident = anIncident('P1');
    incident.advance(12);
    incident.ask(RESPONDER, update);
    incident.advance(45);
    expect(about(incident, ' update.', 'incident.updated')).toEqual([
      '12 incident.updated',
      '37 update.asked',
      '42 update.missed',
    ]);
    expect(incident.incident().lastUpdate).toMatchObject({ done: 'Found it', by: { id: RESPONDER.id } });
  });

  it('given after somebody was asked count as well', () => {
    const incident = anIncident('P1');
    incident.advance(29);
    incident.ask(RESPONDER, update);
    incident.advance(58);
    expect(about(incident, ' update.')).toEqual(['25 update.asked', '54 update.asked']);
  });

  it('missed while Walkback was down are one, and the next is due a whole time later', () => {
    const incident = anIncident('P1');
    incident.outage(200);
    expect(about(incident, ' update.')).toEqual(['200 update.missed']);
    expect(incident.incident().updateDueAt).toBe(new Date(incident.now() + 30 * 60_000).toISOString());
  });

  it('missed by a minute keep the beat', () => {
    const incident = anIncident('P1');
    incident.outage(31);
    incident.advance(60);
    expect(about(incident, ' update.')).toEqual(['31 update.missed', '55 update.asked', '60 update.missed']);
  });

  it('without a word of what was done are refused', () => {
    const empty: Ask = (state, asking) =>
      decideUpdate(state, { ...asking, status: 'identified', done: ' ', next: '', eta: '' });
    expect(anIncident('P1').ask(RESPONDER, empty)).toEqual(refused('missing-reason'));
  });

  it('asked for half-way where they are due every few minutes', () => {
    const often = { ...team.severities.P1, updates: { every: 4 * 60_000, stakeholders: false } };
    const policy = { ...team, severities: { ...team.severities, P1: often } };
    const incident = simulateIncident({ team: policy, severity: 'P1' });
    incident.advance(4);
    expect(about(incident, ' update.')).toEqual(['2 update.asked', '4 update.missed']);
  });
});

describe('an automatic rollback after an outage', () => {
  it('starts once, late, and one warning stands for those that were missed', () => {
    const warned = anIncident('P0');
    warned.outage(26);
    warned.advance(60);
    expect(about(warned, ' rollback.')).toEqual(['26 rollback.warned', '30 rollback.triggered']);

    const late = anIncident('P0');
    late.advance(21);
    late.outage(45);
    expect(about(late, ' rollback.')).toEqual(['20 rollback.warned', '45 rollback.triggered']);
  });
});

describe('roles', () => {
  it('that nobody has taken are asked for again once, after ten minutes', () => {
    const incident = anIncident('P1');
    incident.ask(RESPONDER, (state, asking) =>
      decideTakeRole(state, { ...asking, role: 'scribe', user: 'U0SCRIBE' }),
    );
    incident.advance(600);
    const asked = incident.events().filter(({ type }) => type === 'roles.asked-again');
    expect(asked.map(({ payload }) => payload)).toEqual([
      { roles: ['commander', 'communications', 'subject-expert'] },
    ]);
  });

  it('are not asked for where all are taken', () => {
    const incident = anIncident('P1');
    for (const role of IncidentRole.options) {
      incident.ask(RESPONDER, (state, asking) => decideTakeRole(state, { ...asking, role, user: 'U0ONE' }));
    }
    incident.advance(600);
    expect(about(incident, 'asked-again')).toEqual([]);
  });

  it('let the commander work on the incident, who held no role before', () => {
    const incident = simulateIncident({ team, severity: 'P1', commander: NOBODY.id });
    expect(incident.ask(NOBODY, update).kind).toBe('accepted');
    expect(anIncident('P1').ask(NOBODY, update)).toEqual(refused('not-permitted'));
  });

  it('can be handed on, but not taken twice by the same person', () => {
    const incident = anIncident('P1');
    const take =
      (user: string): Ask =>
      (state, asking) =>
        decideTakeRole(state, { ...asking, role: 'commander', user });
    incident.ask(RESPONDER, take('U0ONE'));
    expect(incident.ask(RESPONDER, take('U0ONE'))).toEqual(refused('role-taken'));
    incident.ask(RESPONDER, take('U0TWO'));
    expect(incident.incident().roles.commander).toBe('U0TWO');
  });
});

describe('fix or roll back', () => {
  it('is asked once, and only where no rollback was asked for', () => {
    const alone = anIncident('P2');
    alone.advance(3 * day);
    expect(about(alone, 'decision.')).toEqual([`${day} decision.due`]);

    const rolledBack = anIncident('P2');
    rolledBack.append(
      { kind: 'system', name: 'runs' },
      { type: 'run.linked', payload: { run: 'RUN-1', service: 'shop' } },
    );
    rolledBack.advance(3 * day);
    expect(about(rolledBack, 'decision.')).toEqual([]);
  });
});

describe('acknowledging', () => {
  it('counts once, and says who has', () => {
    const incident = anIncident('P1');
    incident.ask(RESPONDER, decideAcknowledge);
    expect(incident.ask({ id: 'U0TWO', roles: ['on-call'] }, decideAcknowledge)).toEqual({
      kind: 'refused',
      refusal: { reason: 'already-acknowledged', by: { kind: 'user', id: RESPONDER.id } },
    });
  });
});

describe('resolving', () => {
  it('ends every timer but that of the closing, 24 hours later', () => {
    const incident = anIncident('P0');
    incident.advance(12);
    incident.ask(RESPONDER, resolve);
    incident.advance(10 * day);
    expect(incident.told(11)).toEqual([
      '12 incident.acknowledged',
      '12 incident.resolved',
      `${12 + day} incident.closed`,
    ]);
  });

  it('needs a summary', () => {
    const silent: Ask = (state, asking) => decideResolve(state, { ...asking, summary: '\n' });
    expect(anIncident('P0').ask(RESPONDER, silent)).toEqual(refused('missing-reason'));
  });

  it('leaves nothing to press', () => {
    const incident = anIncident('P0');
    incident.ask(RESPONDER, resolve);
    const note = { text: 'late', by: 'U0ONE', permalink: '', message: { channel: 'C0', ts: '1.2' } };
    for (const ask of [
      decideAcknowledge,
      update,
      resolve,
      ((state, asking) => decideNote(state, { ...asking, ...note })) satisfies Ask,
      ((state, asking) => decideMerge(state, { ...asking, into: 'INC-9' })) satisfies Ask,
    ])
      expect(incident.ask(RESPONDER, ask)).toEqual(refused('incident-over'));
    expect(changeTo(incident, 'P1')).toEqual(refused('incident-over'));
  });

  it('lets a rollback that is refused just then call in nobody', () => {
    const incident = anIncident('P0');
    incident.ask(RESPONDER, resolve);
    const before = incident.events().length;
    incident.ask(RESPONDER, (state) => decideRollbackBlocked(state, { service: 'shop', why: 'a migration' }));
    expect(incident.events()).toHaveLength(before);
  });
});

describe('reopening', () => {
  it('within 24 hours runs the policy anew, and nobody is told twice', () => {
    const incident = anIncident('P0');
    incident.advance(16);
    incident.ask(RESPONDER, resolve);
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
    incident.ask(RESPONDER, resolve);
    incident.advance(day - 1 / 60_000);
    expect(reopen(incident, ' ')).toEqual(refused('missing-reason'));
    incident.advance(day);
    expect(reopen(incident)).toEqual(refused('incident-closed'));
    expect(incident.incident().status).toBe('closed');
  });

  it('is refused once 24 hours are over, even where the closing is late', () => {
    const incident = anIncident('P1');
    incident.ask(RESPONDER, resolve);
    const at = new Date(incident.now() + day * 60_000).toISOString();
    expect(
      incident.ask(RESPONDER, (state, asking) =>
        decideReopen(state, { ...asking, now: at, reason: 'again', schedule: incident.scheduleNow('P1') }),
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
    incident.ask(RESPONDER, resolve);
    reopen(incident);
    expect(incident.incident().ladderHold).toBeNull();
  });
});

describe('merging', () => {
  it('closes the one that was declared twice, for good', () => {
    const incident = anIncident('P0');
    const into =
      (id: string): Ask =>
      (state, asking) =>
        decideMerge(state, { ...asking, into: id });
    expect(incident.ask(RESPONDER, into('INC-1'))).toEqual(refused('unknown-incident'));
    incident.ask(RESPONDER, into('INC-9'));
    incident.advance(10 * day);
    expect(incident.told()).toEqual(['0 incident.merged']);
    expect(incident.incident()).toMatchObject({ status: 'closed', mergedInto: 'INC-9' });
    expect(reopen(incident)).toEqual(refused('not-resolved'));
  });
});
