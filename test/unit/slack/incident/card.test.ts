import { describe, expect, it } from 'vitest';
import type { Incident } from '../../../../src/domain/incident/incident.ts';
import type { Run } from '../../../../src/domain/run/run.ts';
import {
  type IncidentCardParts,
  incidentCard,
  incidentStatusMessage,
} from '../../../../src/slack/incident/card.ts';
import { incidentActionId } from '../../../../src/slack/kit/ids.ts';
import { anIncident } from '../../../support/incident-builder.ts';
import { incidentTeam, PEOPLE } from '../../../support/incident-team.ts';
import { nasty } from '../../../support/nasty-text.ts';
import { actionsOf } from '../../../support/read-message.ts';
import { aRun, START } from '../../../support/run-builder.ts';
import { textsOf, validateMessage } from '../../../support/slack-rules.ts';

const MINUTE = 60_000;

const partsOf = (incident: Incident, parts: Partial<IncidentCardParts> = {}): IncidentCardParts => ({
  policy: incidentTeam.severities[incident.severity],
  serviceTitles: ['Web shop'],
  playbooks: [{ id: 'web-shop', service: 'Web shop', playbook: 'Roll back and redeploy' }],
  runs: [],
  emptyRoles: [],
  ...parts,
});
const show = (incident: Incident, parts?: Partial<IncidentCardParts>) =>
  incidentCard(incident, partsOf(incident, parts));
const textOf = (incident: Incident, parts?: Partial<IncidentCardParts>) =>
  textsOf(show(incident, parts).blocks).join('\n');
const buttonsOf = (incident: Incident) => actionsOf(show(incident)).map(({ action_id }) => action_id);

describe('fresh', () => {
  const incident = anIncident({ severity: 'P1', usersAffected: 30 }).build();

  it('says first that nobody is on it, then what it is, who is needed and by when', () => {
    expect(textsOf(show(incident).blocks)[0]).toBe('🚨 INC-12 P1, not acknowledged yet: Checkout fails');
    const text = textOf(incident);
    expect(text).toContain('*Severity*\nP1 High');
    expect(text).toContain('investigating, to be acknowledged by <!date^1767585600^');
    expect(text).toContain('*Commander*\n_nobody yet_');
    expect(text).toContain('*Services*\nWeb shop');
    expect(text).toContain('*Users affected*\n30%');
    expect(text).toContain('> People see an error when they pay');
    expect(text).toContain('No update by a person yet*\nNext update due <!date^1767583800^');
    expect(text).toContain('A person decides, after a look: *Start rollback*. Approved by: senior-admin.');
    expect(text).toContain('Ten to fifty percent of the users are hit');
  });

  it('offers to acknowledge it first, and everything else', () => {
    expect(buttonsOf(incident)).toEqual([
      incidentActionId('acknowledge'),
      incidentActionId('update'),
      incidentActionId('change-severity'),
      incidentActionId('take-role'),
      incidentActionId('start-rollback'),
      incidentActionId('hold-ladder'),
      incidentActionId('resolve'),
    ]);
    expect(actionsOf(show(incident))[0]?.value).toBe('{"incident":"INC-12"}');
  });

  it('says who was called in, who is next and when, and which role has nobody in it', () => {
    const text = textOf(anIncident().lived(MINUTE).build(), { emptyRoles: ['executive'] });
    expect(text).toContain('on-call called in <!date^1767582000^');
    expect(text).toContain('→ *next: team-lead* <!date^1767582900^');
    expect(text).toContain('→ manager → executive');
    expect(text).toContain(':warning: *Nobody is in executive*: add people in walkback.yml');
  });

  it('says when nobody acknowledged it in time', () => {
    expect(
      textOf(
        anIncident({ severity: 'P0' })
          .lived(16 * MINUTE)
          .build(),
      ),
    ).toContain(':warning: *not acknowledged* by <!date^');
  });

  it('as a status has no buttons', () => {
    expect(actionsOf(incidentStatusMessage(incident, partsOf(incident)))).toEqual([]);
  });
});

it('acknowledged, names the roles and the last update and offers no Acknowledge', () => {
  const incident = anIncident()
    .acknowledgedBy('U0ONCALL')
    .roleTaken('commander', 'U0LEAD')
    .roleTaken('subject-expert', 'U0EXPERT')
    .after(10 * MINUTE)
    .updated({ done: 'Found the <cause>', next: 'Roll back', eta: '20 min' }, 'U0LEAD')
    .build();
  const text = textOf(incident);
  expect(textsOf(show(incident).blocks)[0]).toBe('🔥 INC-12 P1: Checkout fails');
  expect(text).toContain('*Status*\nidentified, acknowledged by <@U0ONCALL>');
  expect(text).toContain('*Commander*\n<@U0LEAD>');
  expect(text).toContain('*Other roles*\nsubject expert <@U0EXPERT> · nobody yet: communications, scribe');
  expect(text).toContain('*Last update* by <@U0LEAD> <!date^1767582600^');
  expect(text).toContain('> Found the &lt;cause&gt;\n*Next*: Roll back\n*Expected*: 20 min\nNext update due');
  expect(buttonsOf(incident)).not.toContain(incidentActionId('acknowledge'));
});

describe('with an automatic rollback', () => {
  const planned = () => anIncident({ severity: 'P0' });

  it('says when it starts, and from what to what it goes', () => {
    const text = textOf(planned().deployed('v1.4.0', 'v1.3.0').build());
    expect(text).toContain('*Starts by itself <!date^1767583800^');
    expect(text).toContain('• Web shop *v1.4.0 → v1.3.0*, by “Roll back and redeploy”');
    expect(text).not.toContain('not known');
  });

  it('says so where nobody knows what it would be rolled back from', () => {
    const unread = textOf(planned().build());
    expect(unread).toContain('• Web shop *not known → not known*');
    expect(unread).toContain('what it ran when INC-12 began is not known: a person is asked');
    const late = textOf(planned().deployed('v1.4.0', 'v1.3.0', { late: true }).build());
    expect(late).toContain('*v1.4.0 → v1.3.0*');
    expect(late).toContain('what it ran when INC-12 began is not known: a person is asked');
  });

  it('says of a triggered one only what has come of it, service by service', () => {
    const triggered = planned().deployed('v1.4.0', 'v1.3.0').rollbackTriggered();
    expect(textOf(triggered.build())).toContain('Web shop: being checked before it starts');
    const payload = { service: 'web-shop', why: 'it would undo a database migration' };
    const blocked = triggered.happened({ type: 'rollback.blocked', payload }).build();
    expect(textOf(blocked)).toContain(
      'Web shop *not started*: it would undo a database migration. A person decides.',
    );
    expect(buttonsOf(blocked)).toContain(incidentActionId('start-rollback'));
    const asked = triggered.after(MINUTE).runLinked('RUN-31').build();
    expect(textOf(asked)).not.toContain('not started');
  });

  it('says what it made way for, and what became of that', () => {
    const story = planned()
      .runLinked('RUN-31')
      .lived(31 * MINUTE);
    expect(textOf(story.build())).toContain('*not started by itself*: it made way for RUN-31 (goes on).');
    const denied = textOf(story.runSettled('RUN-31', 'denied').build());
    expect(denied).toContain('it made way for RUN-31 (denied). A person decides.');
  });

  it('is off where something else runs by now', () => {
    const moved = planned().deployed('v1.4.0', 'v1.3.0').deployedMoved('v1.3.0', 'v1.2.0').build();
    expect(textOf(moved)).toContain('Web shop *off*: it runs v1.3.0 now, not what it ran when INC-12 began.');
    expect(buttonsOf(moved)).not.toContain(incidentActionId('go-now'));
  });

  it('comes before everything else that can be pressed, so that it is seen first', () => {
    const types = actionsOf(show(planned().build())).map(({ action_id }) => action_id);
    expect(types.indexOf(incidentActionId('hold-rollback'))).toBeLessThan(
      types.indexOf(incidentActionId('acknowledge')),
    );
  });

  it('says so where no service is named', () => {
    expect(textOf(planned().build(), { playbooks: [] })).toContain(
      'No service is named: nothing would be rolled back.',
    );
  });

  it('offers Hold, and Go now, which asks once more', () => {
    const [hold, go] = actionsOf(show(planned().build()));
    expect(hold?.action_id).toBe(incidentActionId('hold-rollback'));
    expect(go).toMatchObject({
      action_id: incidentActionId('go-now'),
      style: 'danger',
      confirm: {
        title: { text: 'Roll back now?' },
        text: { text: expect.stringContaining('at once, without further approval') },
      },
    });
  });

  it('held, says by whom and why, and offers Go now alone', () => {
    const held = planned().rollbackHeld('a fix is *near*', 'U0LEAD').build();
    expect(textOf(held)).toContain(':hand: *Held* by <@U0LEAD> <!date^1767582000^');
    expect(textOf(held)).toContain("It won't start by itself.");
    expect(buttonsOf(held)).not.toContain(incidentActionId('hold-rollback'));
    expect(buttonsOf(held)).toContain(incidentActionId('go-now'));
  });

  it('mitigated or triggered, offers neither, and the escalation can not be held once it has stopped', () => {
    const mitigated = planned().updated({ status: 'monitoring' }).build();
    expect(textOf(mitigated)).toContain('Not started by itself: the incident is mitigated.');
    expect(buttonsOf(mitigated)).not.toContain(incidentActionId('hold-ladder'));
    const triggered = planned().rollbackTriggered().build();
    for (const incident of [mitigated, triggered]) {
      expect(buttonsOf(incident)).not.toContain(incidentActionId('hold-rollback'));
      expect(buttonsOf(incident)).not.toContain(incidentActionId('go-now'));
    }
  });
});

describe('with runs', () => {
  it('lists each with where it goes back to and how it stands', () => {
    const incident = anIncident()
      .runLinked('RUN-31')
      .runLinked('RUN-32', 'search')
      .runSettled('RUN-32', 'denied');
    const runs: readonly Run[] = [aRun().build()];
    const text = textOf(incident.build(), { runs });
    expect(text).toMatch(/\*RUN-31\* web-shop → v1\.3\.0 \(\w{7}\) · awaiting approval/);
    expect(text).toContain('*RUN-32* search · denied');
  });

  it('says of those that people did not approve how they came to start', () => {
    const broken = aRun().build();
    const glass = {
      by: { kind: 'user', id: 'U0SENIOR' },
      reason: 'no time',
      at: broken.requestedAt,
      planNumber: 1,
    } as const;
    const text = textOf(anIncident().runLinked('RUN-31').build(), { runs: [{ ...broken, glass }] });
    expect(text).toContain('glass broken by <@U0SENIOR>');
  });
});

describe('over', () => {
  const resolved = anIncident({ severity: 'P0' })
    .lived(20 * MINUTE)
    .resolvedBy('U0LEAD', 'Rolled back');

  it('tells how it ended, and can only be reopened', () => {
    const text = textOf(resolved.build());
    expect(textsOf(show(resolved.build()).blocks)[0]).toBe('✅ INC-12 resolved: Checkout fails');
    expect(text).toContain('*Resolved* by <@U0LEAD>');
    expect(text).toContain('> Rolled back\nIt can be reopened until <!date^');
    expect(text).not.toContain('Escalation');
    expect(text).not.toContain('Next update due');
    expect(buttonsOf(resolved.build())).toEqual([incidentActionId('reopen')]);
  });

  it('closed or merged, offers nothing', () => {
    const closed = anIncident().resolvedBy('U0LEAD').happened({ type: 'incident.closed', payload: {} });
    const merged = anIncident().happened({ type: 'incident.merged', payload: { into: 'INC-11' } }, 'U0LEAD');
    expect(buttonsOf(closed.build())).toEqual([]);
    expect(buttonsOf(merged.build())).toEqual([]);
    expect(textOf(merged.build())).toContain('Go on in the thread of *INC-11*.');
  });
});

it('stays within what Slack takes, and pings nobody, with the worst texts', () => {
  const role = nasty(75);
  const ladder = Array.from({ length: 12 }, (_, rung) => ({
    role: `${rung}${role}`,
    at: new Date(START + rung * MINUTE).toISOString(),
  }));
  const story = () =>
    anIncident({
      severity: 'P0',
      title: nasty(3_000),
      impact: nasty(3_000),
      services: Array.from({ length: 40 }, (_, index) => `s${index}`),
      schedule: { ladder },
      commander: PEOPLE.responder,
    });
  const worst = { done: nasty(3_000), next: nasty(3_000), eta: nasty(3_000) };
  const runs = Array.from({ length: 30 }, (_, index) => `RUN-${index}`);
  const busy = runs
    .reduce((incident, run) => incident.runLinked(run), story())
    .escalated(`0${role}`)
    .ladderHeld(MINUTE, nasty(3_000))
    .updated(worst)
    .happened({ type: 'channel.opened', payload: { channel: 'C0OWN' } });
  const states = [
    story().build(),
    busy.build(),
    story().rollbackHeld(nasty(3_000)).build(),
    story().resolvedBy('U0LEAD', nasty(3_000)).build(),
  ];
  for (const incident of states) {
    const parts = partsOf(incident, {
      policy: { ...incidentTeam.severities.P0, title: nasty(500), criteria: nasty(3_000) },
      serviceTitles: incident.services.map(() => nasty(75)),
      playbooks: incident.services.map((id) => ({ id, service: nasty(75), playbook: nasty(75) })),
      emptyRoles: incident.ladder.map((rung) => rung.role),
      runs: runs.map((id) => aRun({ id }).build()),
    });
    expect(validateMessage(incidentCard(incident, parts))).toEqual([]);
  }
});
