import { describe, expect, it } from 'vitest';
import type { Incident } from '../../../../src/domain/incident/incident.ts';
import type { Run } from '../../../../src/domain/run/run.ts';
import {
  type IncidentCardParts,
  incidentCard,
  incidentStatusMessage,
} from '../../../../src/slack/incident/card.ts';
import type { ShownRun } from '../../../../src/slack/incident/waiting.ts';
import { incidentActionId } from '../../../../src/slack/kit/ids.ts';
import { slackDate } from '../../../../src/slack/kit/text.ts';
import { anIncident } from '../../../support/incident-builder.ts';
import { incidentTeam, PEOPLE } from '../../../support/incident-team.ts';
import { nasty } from '../../../support/nasty-text.ts';
import { aPlan, aStep } from '../../../support/plan-builder.ts';
import { actionsOf, elementsOf, pressesOf } from '../../../support/read-message.ts';
import { aRun, START } from '../../../support/run-builder.ts';
import { textsOf, validateMessage } from '../../../support/slack-rules.ts';

const MINUTE = 60_000;
const PEOPLE_OF_MANY = Array.from({ length: 300 }, (_, index) => `U0${index}`);

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
const buttonsOf = (incident: Incident) => pressesOf(show(incident)).map(({ action }) => action);
const shown = (run: Run, parts: Partial<ShownRun> = {}): ShownRun => ({
  run,
  people: [],
  link: '',
  ...parts,
});

describe('fresh', () => {
  const incident = anIncident({ severity: 'P1', usersAffected: 30 }).build();

  it('says first that nobody is on it, then what it is, who is needed and by when', () => {
    expect(textsOf(show(incident).blocks)[0]).toBe('🟧 🚨 INC-12 P1, not acknowledged yet: Checkout fails');
    const text = textOf(incident);
    expect(text).toContain('*Severity*\n:large_orange_square: P1 High');
    expect(text).toContain('*Status*\ninvestigating\n');
    expect(text).not.toContain('*Commander*');
    expect(text).toContain('*Services*\nWeb shop');
    expect(text).toContain('*Users affected*\n30%');
    expect(text).toContain('> People see an error when they pay');
    expect(text).toContain('No update by a person yet*\nNext update due <!date^1767583800^');
    expect(text).toContain('A person decides, after a look: *Roll back*. Approved by: senior-admin.');
    expect(text).toContain('Ten to fifty percent of the users are hit');
  });

  it('offers first what matters now, at most five to look at, and everything else behind the last', () => {
    expect(actionsOf(show(incident)).map(({ text }) => text.text)).toEqual([
      'Acknowledge',
      'Roll back…',
      'Update',
      'Roles',
    ]);
    expect(elementsOf(show(incident))).toBe(5);
    expect(buttonsOf(incident).slice(4)).toEqual([
      incidentActionId('change-severity'),
      incidentActionId('hold-ladder'),
      incidentActionId('resolve'),
    ]);
    expect(pressesOf(show(incident)).map(({ value }) => value)).toEqual(
      Array(7).fill('{"incident":"INC-12"}'),
    );
  });

  it('says who was called in, who is next and when, and which role has nobody in it', () => {
    const text = textOf(anIncident().lived(MINUTE).build(), { emptyRoles: ['executive'] });
    expect(text).toContain('on-call called in <!date^1767582000^');
    expect(text).toContain('→ *next: team-lead* <!date^1767582900^');
    expect(text).toContain('→ manager → executive');
    expect(text).toContain(':warning: *Nobody is in executive*: add people in walkback.yml');
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
  expect(textsOf(show(incident).blocks)[0]).toBe('🟧 🎯 INC-12 P1: Checkout fails');
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
    expect(buttonsOf(blocked)).toContain(incidentActionId('roll-back'));
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
  });

  it('says so where no service is named', () => {
    expect(textOf(planned().build(), { playbooks: [] })).toContain(
      'No service is named: nothing would be rolled back.',
    );
  });

  it('offers one button that says what it does, and asks once more from what to what and who approves', () => {
    const [, back, hold] = actionsOf(show(planned().deployed('v1.4.0', 'v1.3.0').build()));
    expect(hold?.action_id).toBe(incidentActionId('hold-rollback'));
    expect(back).toMatchObject({
      action_id: incidentActionId('roll-back'),
      text: { text: 'Roll back web-shop: v1.4.0 → v1.3.0 now' },
      style: 'danger',
      confirm: {
        title: { text: 'Roll back now?' },
        text: {
          text: expect.stringMatching(
            /web-shop: v1\.4\.0 → v1\.3\.0, at once\..*may approve P0 rollbacks, pressing this approves it/,
          ),
        },
      },
    });
  });

  it('says on the button how many services there are where they do not fit', () => {
    const services = ['web-shop', 'search', 'a-service-with-a-rather-long-name', 'and-another-one-of-those'];
    const story = services.reduce(
      (incident, service) => incident.deployed('v1.4.0', 'v1.3.0', { service }),
      anIncident({ severity: 'P0', services }),
    );
    expect(actionsOf(show(story.build()))[1]?.text.text).toBe('Roll back 4 services now');
  });

  it('held, says by whom and why, and offers to roll back, not to hold', () => {
    const held = planned().rollbackHeld('a fix is *near*', 'U0LEAD').build();
    expect(textOf(held)).toContain(':hand: *Held* by <@U0LEAD> <!date^1767582000^');
    expect(textOf(held)).toContain("It won't start by itself.");
    expect(buttonsOf(held)).not.toContain(incidentActionId('hold-rollback'));
    expect(textOf(held)).toContain('Roll back web-shop now');
  });

  it('mitigated or triggered, rolls back by a form alone, and the escalation can not be held once it has stopped', () => {
    const mitigated = planned().updated({ status: 'monitoring' }).build();
    expect(textOf(mitigated)).toContain('Not started by itself: the incident is mitigated.');
    expect(buttonsOf(mitigated)).not.toContain(incidentActionId('hold-ladder'));
    const triggered = planned().rollbackTriggered().build();
    for (const incident of [mitigated, triggered]) {
      expect(buttonsOf(incident)).not.toContain(incidentActionId('hold-rollback'));
      const back = pressesOf(show(incident)).find(({ action }) => action === incidentActionId('roll-back'));
      expect(back).toMatchObject({ text: 'Roll back…', value: '{"incident":"INC-12"}' });
    }
  });

  it('watched, has Resolve stand out', () => {
    const watched = anIncident({ commander: 'U0LEAD' })
      .acknowledgedBy('U0LEAD')
      .updated({ status: 'monitoring' })
      .build();
    expect(actionsOf(show(watched)).find(({ style }) => style === 'primary')?.text.text).toBe('Resolve');
    expect(textsOf(show(watched).blocks)[1]).toContain('To be resolved, once it is sure that it holds');
  });
});

describe('what waits for whom', () => {
  const waits = (incident: Incident, runs: readonly ShownRun[] = []) =>
    textsOf(show(incident, { runs }).blocks)[1] ?? '';
  const led = () => anIncident({ commander: 'U0LEAD' }).acknowledgedBy('U0LEAD');
  const link = 'https://example.slack.com/archives/C1/p1';
  const people = ['UALEX', 'USAM'];

  it('is said at the top: who is to acknowledge it by when, and that nobody commands it', () => {
    expect(waits(anIncident().build())).toMatch(
      /^\*Waits for\*\n:rotating_light: \*Somebody to acknowledge it\* by <!date\^1767585600[^\n]*>\n\*Somebody to command it\*: nobody does yet$/,
    );
    const late = anIncident({ severity: 'P0' }).lived(16 * MINUTE);
    expect(waits(late.build())).toContain('which *nobody has* in time');
  });

  it('is an approval in the thread, by whom, until when, with the way there', () => {
    expect(waits(led().runLinked('RUN-31').build(), [shown(aRun().build(), { people, link })])).toBe(
      `*Waits for*\n:bell: *Approval* by <@UALEX> or <@USAM>: web-shop: v1.4.0 → v1.3.0, until ${slackDate('2026-01-05T03:30:00.000Z')} · <${link}|Open it>`,
    );
  });

  it('is a step that a person does, or one that did not end well', () => {
    const manual = aRun({ plan: aPlan({ steps: [aStep.manual(), aStep.http()] }) });
    const asking = manual.started().startStep('look').waitAt('look').build();
    const failed = aRun()
      .started()
      .startStep('rollback')
      .finishStep('rollback', { outcome: 'failed' })
      .build();
    const incident = led().runLinked('RUN-31').build();
    expect(waits(incident, [shown(asking, { people, link })])).toContain(
      ':hand: A step by <@UALEX> or <@USAM>: “Look at the dashboard” · ',
    );
    expect(waits(incident, [shown(failed, { people, link })])).toContain(
      ':warning: A decision by <@UALEX> or <@USAM>: “Roll the branch back” did not end well · ',
    );
  });

  it('is a person who decides what the policy could not start', () => {
    const payload = { service: 'web-shop', why: 'it would undo a migration' };
    const blocked = anIncident({ severity: 'P0', commander: 'U0LEAD' })
      .acknowledgedBy('U0LEAD')
      .rollbackTriggered()
      .happened({ type: 'rollback.blocked', payload });
    expect(waits(blocked.build())).toContain('*A person who decides on rolling back web-shop*');
    expect(waits(blocked.after(MINUTE).runLinked('RUN-31').build())).toBe('Nothing waits for anybody.');
  });

  it('is nothing, and that is said, while a run goes on by itself', () => {
    const running = aRun().started().startStep('rollback').build();
    expect(waits(led().runLinked('RUN-31').build(), [shown(running)])).toBe('Nothing waits for anybody.');
  });

  it('of a quiet one asks for no roles and shows no alarm', () => {
    const quiet = anIncident({ severity: 'P3' }).build();
    expect(textsOf(show(quiet).blocks)[0]).toBe('🟦 📋 INC-12 P3, not acknowledged yet: Checkout fails');
    expect(JSON.stringify(show(quiet))).not.toMatch(/rotating_light|🚨|:warning:|nobody yet|command it/);
  });
});

describe('with runs', () => {
  it('lists each with where it goes back to and how it stands', () => {
    const incident = anIncident()
      .runLinked('RUN-31')
      .runLinked('RUN-32', 'search')
      .runSettled('RUN-32', 'denied');
    const runs = [shown(aRun().build(), { link: 'https://example.slack.com/archives/C1/p1' })];
    const text = textOf(incident.build(), { runs });
    expect(text).toContain(
      ':bell: *RUN-31* web-shop: v1.4.0 → v1.3.0 · awaiting approval · <https://example.slack.com/archives/C1/p1|Open>',
    );
    expect(text).toContain(':no_entry: *RUN-32* search · denied');
  });

  it('says of those that people did not approve how they came to start', () => {
    const broken = aRun().build();
    const glass = {
      by: { kind: 'user', id: 'U0SENIOR' },
      reason: 'no time',
      at: broken.requestedAt,
      planNumber: 1,
    } as const;
    const text = textOf(anIncident().runLinked('RUN-31').build(), { runs: [shown({ ...broken, glass })] });
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
      runs: runs.map((id) => shown(aRun({ id }).build(), { people: PEOPLE_OF_MANY })),
    });
    const card = incidentCard(incident, parts);
    expect(validateMessage(card)).toEqual([]);
    expect(elementsOf(card)).toBeLessThanOrEqual(5);
  }
});
