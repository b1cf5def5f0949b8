import { beforeAll, expect, it } from 'vitest';
import { createRedisEventStore } from '../../../../src/adapters/redis/event-store.ts';
import { createTemplates } from '../../../../src/adapters/templates/create-templates.ts';
import type { IncidentEventType } from '../../../../src/domain/incident/events.ts';
import { incidentMessage, type NoticeContext } from '../../../../src/engine/messages/incident-message.ts';
import type { Templates } from '../../../../src/engine/ports/templates.ts';
import { IncidentNoticeName } from '../../../../src/engine/reactions/notices.ts';
import { incidentMoment } from '../../../../src/engine/streams/incident-moment.ts';
import { drawMrkdwn } from '../../../../src/slack/kit/mrkdwn.ts';
import { anIncident, type IncidentBuilder } from '../../../support/incident-builder.ts';
import { incidentTeam } from '../../../support/incident-team.ts';
import { keepStory } from '../../../support/keep-story.ts';
import { NASTY } from '../../../support/nasty-text.ts';
import { testRedis } from '../../../support/redis.ts';
import { aRun } from '../../../support/run-builder.ts';

const MINUTE = 60_000;

let templates: Templates;
beforeAll(async () => {
  templates = await createTemplates({ root: process.cwd(), draw: drawMrkdwn });
});

/** What a notice says of the last event of a type in a story. */
async function tell(
  notice: IncidentNoticeName,
  story: IncidentBuilder,
  type: IncidentEventType,
  {
    runs = [],
    ...context
  }: Partial<NoticeContext> & { readonly runs?: readonly ReturnType<typeof aRun>[] } = {},
): Promise<string> {
  const store = createRedisEventStore(testRedis());
  for (const kept of [story, ...runs]) await keepStory(store, kept);
  const event = story.events().findLast((candidate) => candidate.type === type)?.id ?? '';
  const moment = await incidentMoment({ store }, { incident: 'INC-12', event });
  if (moment === undefined) throw new Error(`no ${type} in the story`);
  return templates.render(
    notice,
    incidentMessage(moment, {
      ...{ team: incidentTeam, people: [], groupsUnsure: false, direct: false, link: '', other: undefined },
      goesOn: false,
      ...context,
    }),
  );
}

const other = anIncident({ id: 'INC-11', title: 'Nobody can <pay>' }).build();

const REPORT = {
  ...{ title: NASTY, severity: 'P0' as const, services: [NASTY], impact: NASTY },
  source: { channel: 'C0SUPPORT', ts: '1.2', permalink: '' },
};

/** For each notice a moment that it is posted at. */
const MOMENTS: Readonly<
  Record<IncidentNoticeName, readonly [story: (start: IncidentBuilder) => IncidentBuilder, IncidentEventType]>
> = {
  'declared-from-here': [(start) => start, 'incident.declared'],
  'reported-again': [
    (start) => start.happened({ type: 'incident.reported-again', payload: REPORT }, 'U0LEAD'),
    'incident.reported-again',
  ],
  'reported-from-here': [
    (start) => start.happened({ type: 'incident.reported-again', payload: REPORT }, 'U0LEAD'),
    'incident.reported-again',
  ],
  'possible-duplicate': [(start) => start, 'incident.declared'],
  'incident-update': [(start) => start.updated({ done: NASTY, next: NASTY, eta: NASTY }), 'incident.updated'],
  'stakeholder-update': [(start) => start.updated({ done: NASTY }), 'incident.updated'],
  'update-asked': [(start) => start.lived(26 * MINUTE), 'update.asked'],
  escalation: [(start) => start.lived(16 * MINUTE), 'escalation.reached'],
  'escalation-held': [(start) => start.ladderHeld(MINUTE, NASTY), 'escalation.held'],
  'escalation-released': [
    (start) => start.ladderHeld(MINUTE).happened({ type: 'escalation.released', payload: {} }, 'U0LEAD'),
    'escalation.released',
  ],
  'response-overdue': [(start) => start.lived(16 * MINUTE), 'response.overdue'],
  'role-given': [(start) => start.roleTaken('scribe', 'U0SCRIBE'), 'role.taken'],
  'role-passed-on': [(start) => start.roleTaken('commander', 'U0OTHER'), 'role.taken'],
  'roles-asked-again': [(start) => start.lived(11 * MINUTE), 'roles.asked-again'],
  'severity-changed': [(start) => start.severityChanged('P2', NASTY), 'severity.changed'],
  'rollback-warning': [(start) => start.lived(21 * MINUTE), 'rollback.warned'],
  'rollback-held': [(start) => start.rollbackHeld(NASTY), 'rollback.held'],
  'rollback-released': [
    (start) =>
      start
        .rollbackHeld()
        .happened({ type: 'rollback.released', payload: { startsAt: '2026-01-05T03:30:00.000Z' } }, 'U0LEAD'),
    'rollback.released',
  ],
  'rollback-verified': [
    (start) =>
      start
        .runLinked('RUN-31')
        .runSettled('RUN-31', 'succeeded')
        .happened({ type: 'rollback.verified', payload: {} }),
    'rollback.verified',
  ],
  'rollback-stood-down': [(start) => start.runLinked('RUN-31').lived(31 * MINUTE), 'rollback.stood-down'],
  'rollback-blocked': [
    (start) => start.happened({ type: 'rollback.blocked', payload: { service: 'web-shop', why: NASTY } }),
    'rollback.blocked',
  ],
  'decision-due': [(start) => start.severityChanged('P2').lived(25 * 60 * MINUTE), 'decision.due'],
  'incident-merged': [
    (start) => start.happened({ type: 'incident.merged', payload: { into: 'INC-11' } }, 'U0LEAD'),
    'incident.merged',
  ],
  'incident-unmerged': [
    (start) =>
      start
        .happened({ type: 'incident.merged', payload: { into: 'INC-11' } }, 'U0LEAD')
        .happened({ type: 'incident.unmerged', payload: { from: 'INC-11', because: 'over' } }),
    'incident.unmerged',
  ],
  'incident-absorbed': [
    (start) => start.happened({ type: 'incident.absorbed', payload: { from: 'INC-11', title: NASTY } }),
    'incident.absorbed',
  ],
  'incident-reopened': [
    (start) => start.resolvedBy('U0LEAD').reopenedBy('U0LEAD', NASTY),
    'incident.reopened',
  ],
  'channel-incomplete': [
    (start) => start.happened({ type: 'channel.incomplete', payload: { what: [NASTY] } }),
    'channel.incomplete',
  ],
  'all-clear': [(start) => start.resolvedBy('U0LEAD', NASTY), 'incident.resolved'],
};

it.each(IncidentNoticeName.options)('has words for %s that no typed text can break', async (notice) => {
  const [story, type] = MOMENTS[notice];
  const starts = [
    anIncident({ severity: 'P0', title: NASTY, impact: NASTY, commander: 'U0LEAD' }),
    anIncident({ severity: 'P0', services: [], impact: '', usersAffected: null }),
  ];
  for (const start of starts) {
    const text = await tell(notice, story(start), type, { other, people: ['U0LEAD', 'S0GROUP'] });
    expect(text).not.toMatch(/<!channel>|<@U0VICTIM>|\{\{|undefined|\[object|\n\n\n|text …/);
    if (notice !== 'stakeholder-update')
      expect(text).toMatch(/INC-1[12]|Escalation held|escalation|called in|may be the same/);
    expect(text.length).toBeLessThan(3_500);
  }
});

it('tells an update as it was given, whatever came later', async () => {
  const story = anIncident()
    .updated({ status: 'identified', done: 'Found it', next: 'Fix it', eta: 'an hour' }, 'U0LEAD')
    .after(MINUTE);
  const first = await tell('incident-update', story, 'incident.updated');
  expect(first).toContain(
    '*Update: identified.* INC-12, P1 Checkout fails\nFrom <@U0LEAD>, 5 min after it began.',
  );
  expect(first).toContain('*Done*\n> Found it\n*Next*\n> Fix it\n*Expected*\n> an hour');
  expect(first).toContain('Next update due <!date^1767583800^');
  const store = createRedisEventStore(testRedis());
  await keepStory(store, story.updated({ status: 'monitoring', done: 'Fixed it' }).resolvedBy('U0LEAD'));
  const moment = await incidentMoment({ store }, { incident: 'INC-12', event: 'INC-12-2' });
  expect(moment?.incident).toMatchObject({ status: 'identified', lastUpdate: { done: 'Found it' } });
});

it('tells what it knows itself where nobody gave the update, marked as automatic', async () => {
  const run = aRun({ incident: 'INC-12' })
    .after(2 * MINUTE)
    .started()
    .didSteps(['rollback'])
    .startStep('deploy');
  const later = run.after(60 * MINUTE).finishStep('deploy');
  const story = anIncident({ commander: 'U0LEAD' })
    .after(MINUTE)
    .runLinked('RUN-31')
    .lived(31 * MINUTE);
  const text = await tell('incident-update', story, 'update.missed', { runs: [later] });
  expect(text).toContain('*Automatic update: nobody wrote the one that was due.*');
  expect(text).toContain('Status: investigating, 35 min after it began. No update by a person yet.');
  expect(text).toContain('Nobody has acknowledged it.');
  expect(text).toContain('RUN-31 Web shop: running\n• Roll the branch back: done\n• Deploy it: running');
  // Whoever was to write it was asked directly.
  expect(text).not.toContain('<@');
});

it('tells stakeholders in plain words, without what is inside', async () => {
  const told = (story: IncidentBuilder, type: IncidentEventType) => tell('stakeholder-update', story, type);
  const start = () => anIncident({ severity: 'P0' });
  const texts = [
    await told(start().updated({ status: 'monitoring', done: 'Back to v1.3.0' }), 'incident.updated'),
    await told(start().lived(31 * MINUTE), 'update.missed'),
    await told(start().severityChanged('P2'), 'severity.changed'),
    await told(start().resolvedBy('U0LEAD'), 'incident.resolved'),
    await told(start().resolvedBy('U0LEAD').reopenedBy('U0LEAD'), 'incident.reopened'),
  ];
  expect(texts[0]).toMatch(/> Back to v1\.3\.0[\s\S]*A remedy is in place/);
  expect(texts[1]).toContain(
    '*Nothing new to tell you yet.* Nobody has told us yet that they work on it, and we go on calling people in.',
  );
  expect(texts[2]).toContain('less serious than it was');
  expect(texts[3]).toContain('*It is over.* It began <!date^1767581700^');
  expect(texts[4]).toContain('*The problem is back.*');
  for (const text of texts) expect(text).not.toMatch(/on-call|rung|policy|run|P\d|INC-|Critical|<@/i);
});

it('calls a role in: by name and people in the thread, and by what is needed of them directly', async () => {
  const story = anIncident().lived(16 * MINUTE);
  const people = ['U0TEAMLEAD', 'S0LEADS'];
  const inThread = await tell('escalation', story, 'escalation.reached', { people, groupsUnsure: true });
  expect(inThread).toContain('*team-lead is called in*: INC-12 (P1) has been open since <!date^1767581700^');
  expect(inThread).toContain(
    '<@U0TEAMLEAD>, <!subteam^S0LEADS>, please look at the card above. Whoever takes it, press *Acknowledge*.',
  );
  expect(inThread).toContain("Slack doesn't say who is in the group");
  expect(inThread).toContain('Next is manager at');
  const directly = await tell('escalation', story, 'escalation.reached', {
    people,
    direct: true,
    link: 'https://example.slack.com/archives/C1/p1',
  });
  expect(directly).toContain('*You are needed: P1 Checkout fails* (INC-12)\nYou are called in as team-lead');
  expect(directly).toContain('Nobody has acknowledged it yet.');
  expect(directly).toContain('Its card is in <#C0INCIDENTS>. https://example.slack.com/archives/C1/p1');
  expect(await tell('escalation', story, 'escalation.reached')).toContain(
    '*Nobody is in the role team-lead*',
  );
});

it('warns of the automatic rollback with what is left', async () => {
  const text = await tell(
    'rollback-warning',
    anIncident({ severity: 'P0' })
      .deployed('v1.4.0', 'v1.3.0')
      .lived(21 * MINUTE),
    'rollback.warned',
  );
  expect(text).toContain('*At <!date^1767583800^');
  expect(text).toContain('Walkback rolls back by itself: Web shop v1.4.0 → v1.3.0.*');
});

it.each([
  ['rollback-held', 'rollback.held', (story: IncidentBuilder) => story.rollbackHeld()],
  ['severity-changed', 'severity.changed', (story: IncidentBuilder) => story.severityChanged('P0')],
  ['incident-reopened', 'incident.reopened', reopened],
  ['rollback-blocked', 'rollback.blocked', blocked],
] as const)('%s names from and to', async (notice, type, happen) => {
  const story = happen(anIncident({ severity: 'P0' }).deployed('v1.4.0', 'v1.3.0'));
  expect(await tell(notice, story, type)).toContain('v1.4.0 → v1.3.0');
});

function reopened(story: IncidentBuilder): IncidentBuilder {
  return story.resolvedBy('U0LEAD').reopenedBy('U0LEAD').deployed('v1.4.0', 'v1.3.0');
}
function blocked(story: IncidentBuilder): IncidentBuilder {
  return story.happened({ type: 'rollback.blocked', payload: { service: 'web-shop', why: 'a migration' } });
}

it('says what runs instead where the automatic rollback is needless', async () => {
  const story = anIncident({ severity: 'P0' }).deployed('v1.4.0', 'v1.3.0').deployedMoved('v1.3.0', 'v1.2.0');
  expect(await tell('rollback-stood-down', story, 'deployed.moved')).toContain(
    '*Web shop is not rolled back by itself any more: it runs v1.3.0 now, no longer v1.4.0.* INC-12',
  );
});
