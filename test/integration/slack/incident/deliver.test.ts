import { describe, expect, it } from 'vitest';
import type { IncidentEventBody } from '../../../../src/domain/incident/events.ts';
import { keepingOf } from '../../../../src/engine/reactions/job-data.ts';
import type { FollowOn } from '../../../../src/engine/reactions/jobs.ts';
import type { IncidentNoticeName } from '../../../../src/engine/reactions/notices.ts';
import { reactTo } from '../../../../src/engine/reactions/reactions.ts';
import { changeIncident, incidentEvents } from '../../../../src/engine/streams/incidents.ts';
import { incidentActionId } from '../../../../src/slack/kit/ids.ts';
import { anIncident, type IncidentBuilder } from '../../../support/incident-builder.ts';
import { anIncidentSlack, type SlackWork } from '../../../support/incident-slack.ts';
import { PEOPLE } from '../../../support/incident-team.ts';
import { keepStory } from '../../../support/keep-story.ts';
import { aRun } from '../../../support/run-builder.ts';

const MINUTE = 60_000;
const DELIVERED = { kind: 'delivered' };

type World = Awaited<ReturnType<typeof anIncidentSlack>>;

/** What follows from every event of a story, in order, as far as it is for Slack. */
const followOns = (story: IncidentBuilder): readonly SlackWork[] =>
  story.events().flatMap(reactTo).map(afterLooking).filter(endsInSlack);

/** A rollback that is coming is told of once it is known what is deployed. */
const afterLooking = (work: FollowOn): FollowOn =>
  work.kind === 'look-at-deployed' && work.warn !== null
    ? { kind: 'incident-notice', notice: 'rollback-warning', incident: work.incident, event: work.warn }
    : work;

const endsInSlack = (work: FollowOn): work is SlackWork =>
  ['incident-card', 'stakeholder-post', 'incident-notice', 'channel'].includes(work.kind);

const noticeOf = (story: IncidentBuilder, notice: IncidentNoticeName): SlackWork => {
  const found = followOns(story).findLast(
    (work) => work.kind === 'incident-notice' && work.notice === notice,
  );
  return found ?? expect.fail(`nothing in the story leads to ${notice}`);
};

/** Delivers as the queue does: what can't be delivered now comes first again, edits a second apart. */
async function deliverAll(world: World, works: readonly SlackWork[]): Promise<void> {
  for (const work of works) {
    for (;;) {
      const result = await world.deliver(work);
      if (result.kind === 'delivered') break;
      world.time.now += result.inMs;
    }
  }
}

const shown = ({ slack }: World, channel: string = PEOPLE.incidentChannel) =>
  slack.messages().filter((message) => message.channel === channel);
const cardOf = (world: World) => shown(world).find(({ thread_ts }) => thread_ts === undefined);
const inThread = (world: World) => shown(world).filter(({ thread_ts }) => thread_ts === cardOf(world)?.ts);
const has = (message: { readonly blocks?: unknown } | undefined, action: string): boolean =>
  JSON.stringify(message?.blocks).includes(`"${action}"`);

async function told(story: IncidentBuilder, options?: Parameters<typeof anIncidentSlack>[0]): Promise<World> {
  const world = await anIncidentSlack(options);
  await keepStory(world.store, story);
  await deliverAll(world, followOns(story));
  return world;
}

describe('an incident', () => {
  it('has one card in the incidents channel, with everything else in its thread', async () => {
    const world = await told(
      anIncident({ severity: 'P0' })
        .lived(31 * MINUTE)
        .acknowledgedBy('U0LEAD'),
    );
    expect(shown(world).filter(({ thread_ts }) => thread_ts === undefined)).toHaveLength(1);
    expect(cardOf(world)?.text).toContain('INC-12 P0: Checkout fails');
    const texts = inThread(world).map(({ text }) => text);
    expect(texts.filter((text) => text.includes('Automatic update'))).toHaveLength(1);
    // Warned of twice, and told once: the second warning is an edit of the first.
    expect(texts.filter((text) => text.includes('At <!date^1767583800^'))).toHaveLength(1);
    expect(texts).toHaveLength(2);
  });

  it('is told of exactly once, also where a process dies between posting and noting it', async () => {
    const story = anIncident({ severity: 'P0' })
      .lived(16 * MINUTE)
      .updated()
      .resolvedBy('U0LEAD');
    const world = await told(story);
    const texts = world.slack.messages().map(({ text }) => text);
    const again = await anIncidentSlack();
    await keepStory(again.store, story);
    for (const work of followOns(story)) {
      // The answer is lost, the process dies, and another one begins with the same work.
      again.slack.inject({ method: 'chat.postMessage', kind: 'lost-answer' });
      for (const deliver of [again.deliver, again.restart(), again.restart()]) await deliver(work);
      await deliverAll(again, [work, work]);
    }
    expect(again.slack.messages().filter(({ channel }) => !channel.startsWith('U'))).toHaveLength(
      texts.length - world.slack.messages().filter(({ channel }) => channel.startsWith('U')).length,
    );
  });

  it('edits its card at most once a second, and the last state lands', async () => {
    const story = anIncident();
    const world = await told(story);
    const card: FollowOn = { kind: 'incident-card', incident: 'INC-12' };
    expect(await world.deliver(card)).toMatchObject({ kind: 'too-soon', inMs: 1_000 });
    world.time.now += 1_000;
    expect(await world.deliver(card)).toEqual(DELIVERED);
  });

  it('declared from a message points there once to where it goes on', async () => {
    const source = { channel: 'C0SUPPORT', ts: '1700000000.000100', permalink: '' };
    const world = await told(anIncident({ source }));
    await deliverAll(world, followOns(anIncident({ source })));
    const pointers = shown(world, 'C0SUPPORT');
    expect(pointers).toHaveLength(1);
    expect(pointers[0]).toMatchObject({ thread_ts: source.ts });
    expect(pointers[0]?.text).toContain(
      `*INC-12* was declared from this message. It goes on here: https://example.slack.com/archives/p${cardOf(world)?.ts}`,
    );
  });
});

describe('stakeholders', () => {
  const posts = (world: World) =>
    shown(world, PEOPLE.stakeholderChannel).filter(({ thread_ts }) => thread_ts === undefined);
  const lines = (world: World) =>
    shown(world, PEOPLE.stakeholderChannel)
      .filter(({ thread_ts }) => thread_ts !== undefined && thread_ts === posts(world)[0]?.ts)
      .map(({ text }) => text);

  it('have one post of an incident, which says how it stands, with what is new in its thread', async () => {
    const world = await told(
      anIncident({ severity: 'P0' })
        .updated()
        .lived(31 * MINUTE)
        .resolvedBy('U0LEAD'),
    );
    expect(posts(world)).toHaveLength(1);
    expect(posts(world)[0]?.text).toMatch(/^:white_check_mark: \*It is over: Checkout fails\*/);
    expect(lines(world).map((text) => text.split('\n')[0])).toEqual([
      '> Found the release that broke it',
      expect.stringContaining('*Nothing new to tell you yet.*'),
      expect.stringContaining(':white_check_mark: *It is over.*'),
    ]);
    const quiet = await told(anIncident({ severity: 'P2' }).updated().resolvedBy('U0LEAD'));
    expect(shown(quiet, PEOPLE.stakeholderChannel)).toEqual([]);
  });

  it('are told that people look for the cause only once somebody does', async () => {
    const alone = await told(anIncident({ severity: 'P0' }));
    expect(posts(alone)[0]?.text).toContain('We know of it and are calling people in.');
    const taken = await told(anIncident({ severity: 'P0' }).acknowledgedBy('U0LEAD'));
    expect(posts(taken)[0]?.text).toContain('We are looking for the cause.');
  });

  it('hear of what has become severe at once, and not of every change of it', async () => {
    const world = await told(anIncident({ severity: 'P2' }).severityChanged('P0').severityChanged('P1'));
    expect(posts(world)[0]?.text).toContain('*We have a problem: Checkout fails*');
    expect(lines(world)).toEqual([]);
  });

  it('hear that it is less serious, then nothing until it is over', async () => {
    const world = await told(anIncident({ severity: 'P1' }).severityChanged('P3').updated());
    expect(posts(world)[0]?.text).toContain('*Less serious than it was: Checkout fails*');
    expect(lines(world)).toEqual([
      expect.stringContaining('The next you hear of it here is that it is over'),
    ]);
    const over = await told(anIncident({ severity: 'P1' }).severityChanged('P3').resolvedBy('U0LEAD'));
    expect(lines(over).at(-1)).toContain('*It is over.*');
  });

  it('are led from one that was merged to the post about the other', async () => {
    const into = anIncident({ id: 'INC-11', severity: 'P0', title: 'Nobody can pay' });
    const story = anIncident({ severity: 'P0' }).happened(
      { type: 'incident.merged', payload: { into: 'INC-11' } },
      'U0LEAD',
    );
    const world = await anIncidentSlack();
    for (const kept of [into, story]) await keepStory(world.store, kept);
    await deliverAll(world, [{ kind: 'stakeholder-post', incident: 'INC-11' }, ...followOns(story)]);
    const [other, own] = posts(world);
    const link = `https://example.slack.com/archives/p${other?.ts}`;
    expect(own?.text).toContain(
      `*Checkout fails: this is the same problem as another one.*\nIt goes on there: ${link}`,
    );
    const line = shown(world, PEOPLE.stakeholderChannel).find(({ thread_ts }) => thread_ts === own?.ts);
    expect(line?.text).toContain(link);
  });

  it('read of a rollback what is missing since, and that only for as long as it is true', async () => {
    const run = aRun({ incident: 'INC-12' }).started();
    const world = await anIncidentSlack();
    const post: SlackWork = { kind: 'stakeholder-post', incident: 'INC-12' };
    const story = anIncident({ severity: 'P0' }).after(1_000).runLinked('RUN-31');
    await keepStory(world.store, story);
    await keepStory(world.store, run);
    await deliverAll(world, [post]);
    expect(posts(world)[0]?.text).toContain('We are taking Web shop back from v1.4.0 to v1.3.0.');
    const whole = aRun({ incident: 'INC-12' })
      .started()
      .didSteps(['rollback', 'deploy', 'healthy'])
      .succeeded();
    const after = await anIncidentSlack();
    story.after(MINUTE).runSettled('RUN-31', 'succeeded');
    for (const kept of [story, whole]) await keepStory(after.store, kept);
    await deliverAll(after, followOns(story));
    expect(posts(after)[0]?.text).toContain('Missing until they are released again: changes since v1.3.0.');
    expect(lines(after)).toEqual([
      expect.stringContaining('*Web shop is back on v1.3.0 instead of v1.4.0*, and all checks passed'),
    ]);
  });
});

describe('an escalation', () => {
  it('is written to each person directly, and to nobody else', async () => {
    const world = await told(anIncident({ severity: 'P0' }).lived(MINUTE));
    const [direct, ...more] = shown(world, PEOPLE.onCall);
    expect(more).toEqual([]);
    expect(direct?.text).toContain('*You are needed: P0 Checkout fails*');
    expect(direct?.text).toContain(`https://example.slack.com/archives/p${cardOf(world)?.ts}`);
    expect(has(direct, incidentActionId('acknowledge'))).toBe(true);
    expect(inThread(world)).toEqual([]);
  });

  it.each([
    ['declared it', anIncident({ severity: 'P0', declaredBy: PEOPLE.onCall }).lived(MINUTE)],
    ['leads it', anIncident({ severity: 'P0', commander: PEOPLE.onCall }).lived(MINUTE)],
    ['acknowledged it', anIncident({ severity: 'P2' }).acknowledgedBy(PEOPLE.onCall).escalated('on-call')],
  ])('does not call whoever %s, nor says that there is nobody', async (_, story) => {
    const world = await told(story);
    expect(
      shown(world, PEOPLE.onCall)
        .map(({ text }) => text)
        .join(),
    ).not.toContain('You are needed');
    expect(
      inThread(world)
        .map(({ text }) => text)
        .join(),
    ).not.toContain('on-call');
  });

  it('whom Slack does not let us write to is named in the thread', async () => {
    const world = await anIncidentSlack();
    const story = anIncident({ severity: 'P0' }).lived(MINUTE);
    await keepStory(world.store, story);
    for (const work of followOns(story)) {
      const isCall = work.kind === 'incident-notice' && work.notice === 'escalation';
      if (isCall) world.slack.inject({ method: 'chat.postMessage', kind: 'refused', error: 'cannot_dm_bot' });
      await deliverAll(world, [work]);
    }
    expect(inThread(world)[0]?.text).toContain(`<@${PEOPLE.onCall}>, please look`);
  });

  const toExecutives = () => anIncident().escalated('executive');
  const threadOf = (world: World) =>
    inThread(world)
      .map(({ text }) => text)
      .join('\n');

  it('writes to the members of a group that Slack tells of', async () => {
    const answers = {
      'usergroups.users.list': () => ({ ok: true, users: [PEOPLE.manager, PEOPLE.manager] }),
    };
    const world = await told(toExecutives(), { answers });
    expect(shown(world, PEOPLE.manager)).toHaveLength(1);
    expect(threadOf(world)).toBe('');
  });

  it('mentions a group that Slack does not tell of, and says so', async () => {
    const world = await told(toExecutives());
    expect(threadOf(world)).toContain('<!subteam^S0EXECUTIVES>, please look');
    expect(threadOf(world)).toContain("Slack doesn't say who is in the group");
  });

  it('of a role without people says so, and so did the card before', async () => {
    const answers = { 'usergroups.users.list': () => ({ ok: true, users: [] }) };
    const before = await told(anIncident(), { answers });
    expect(JSON.stringify(cardOf(before)?.blocks)).toContain('Nobody is in executive');
    const world = await told(toExecutives(), { answers });
    expect(
      inThread(world)
        .map(({ text }) => text)
        .join('\n'),
    ).toContain('*Nobody is in the role executive*');
  });
});

describe('somebody on the ladder whose account is deactivated', () => {
  it('is not called in, and where nobody else is, that is said', async () => {
    const answers = { 'users.info': () => ({ ok: true, user: { deleted: true, is_bot: false } }) };
    const world = await told(anIncident({ severity: 'P0' }).lived(MINUTE), { answers });
    expect(shown(world, PEOPLE.onCall)).toEqual([]);
    expect(
      inThread(world)
        .map(({ text }) => text)
        .join('\n'),
    ).toContain('*Nobody is in the role on-call*');
  });
});

describe('the same thing declared twice', () => {
  const first = () => anIncident({ id: 'INC-11', title: 'Nobody can pay' });

  it('gets a hint with a button to merge, under the second alone', async () => {
    const second = anIncident().after(0);
    const world = await told(second);
    await keepStory(world.store, first());
    expect(await world.deliver(noticeOf(second, 'possible-duplicate'))).toEqual(DELIVERED);
    const hint = inThread(world).find(({ text }) => text.includes('INC-11 may be the same: Nobody can pay'));
    expect(JSON.stringify(hint?.blocks)).toContain(
      '"value":"{\\"incident\\":\\"INC-12\\",\\"into\\":\\"INC-11\\"}"',
    );
    const before = world.slack.messages().length;
    await deliverAll(world, [
      noticeOf(first(), 'possible-duplicate'),
      noticeOf(second, 'possible-duplicate'),
    ]);
    expect(world.slack.messages()).toHaveLength(before);
  });

  it('is not said of another matter, of what is over, nor where whoever declared it was asked', async () => {
    const other = [
      anIncident({ id: 'INC-3', services: ['search'], title: 'Mails are late', impact: 'Mails come late' }),
      anIncident({ id: 'INC-4' }).resolvedBy('U0LEAD'),
      anIncident({ id: 'INC-5' }),
    ];
    const world = await anIncidentSlack();
    const story = anIncident({ distinctFrom: ['INC-5'] });
    for (const kept of [...other, story]) await keepStory(world.store, kept);
    await deliverAll(world, followOns(story));
    expect(
      world.slack
        .messages()
        .map(({ text }) => text)
        .join('\n'),
    ).not.toContain('may be the same');
  });
});

it('asks whom it concerns, directly and with a button, for what is missing: the update, roles', async () => {
  const world = await told(anIncident({ severity: 'P0' }).lived(26 * MINUTE));
  const asked = (text: string) =>
    shown(world, PEOPLE.responder).find((message) => message.text.includes(text));
  expect(has(asked('The next update on INC-12 is due'), incidentActionId('update'))).toBe(true);
  expect(has(asked('Nobody has taken yet'), incidentActionId('take-role'))).toBe(true);
  const warning = inThread(world).find(({ text }) => text.includes('Walkback rolls back by itself'));
  for (const action of [incidentActionId('hold-rollback'), incidentActionId('roll-back')])
    expect(has(warning, action)).toBe(true);
});

it('whoever is given roles is told once of all of them, and so is whoever had one before', async () => {
  const world = await told(
    anIncident({ commander: PEOPLE.manager })
      .roleTaken('scribe', PEOPLE.teamLead)
      .happened({ type: 'role.taken', payload: { role: 'commander', user: PEOPLE.onCall } }, PEOPLE.responder)
      .happened({ type: 'role.taken', payload: { role: 'scribe', user: PEOPLE.onCall } }, PEOPLE.responder),
  );
  expect(shown(world, PEOPLE.onCall).map(({ text }) => text)).toEqual([
    expect.stringContaining('You have been given a role in INC-12: commander, scribe'),
  ]);
  expect(shown(world, PEOPLE.manager).map(({ text }) => text)).toEqual([
    expect.stringContaining('You have been given a role in INC-12: commander'),
    expect.stringContaining(`<@${PEOPLE.onCall}> has taken over from you in INC-12: commander`),
  ]);
  // They took it themselves.
  expect(shown(world, PEOPLE.teamLead).map(({ text }) => text)).toEqual([
    expect.stringContaining('has taken over from you in INC-12: scribe'),
  ]);
});

it('a run of an incident lives in the thread of its card, which is posted first where it is missing', async () => {
  const world = await anIncidentSlack();
  await keepStory(world.store, anIncident().runLinked('RUN-31'));
  const run = aRun({ incident: 'INC-12' }).started();
  await keepStory(world.store, run);
  for (const work of run.events().flatMap(reactTo)) {
    if (work.kind !== 'card' && work.kind !== 'notice') continue;
    await deliverAll(world, [work]);
  }
  expect(cardOf(world)?.text).toContain('INC-12');
  expect(
    inThread(world)
      .map(({ text }) => text)
      .join('\n'),
  ).toContain('*Rolling back* · Web shop: v1.4.0 → v1.3.0');
  expect(shown(world)).toHaveLength(inThread(world).length + 1);
});

describe('one that was merged', () => {
  const source = { channel: 'C0SUPPORT', ts: '1.1', permalink: 'https://example.slack.com/archives/p11' };

  it('is told to whoever was called in, where it was declared from, and in its channel, with the way on', async () => {
    const into = anIncident({ id: 'INC-11', title: 'Nobody can pay' });
    const story = anIncident({ severity: 'P0', source })
      .happened({ type: 'channel.opened', payload: { channel: 'C0OWN' } })
      .lived(MINUTE)
      .happened({ type: 'incident.merged', payload: { into: 'INC-11' } }, PEOPLE.responder);
    const world = await anIncidentSlack();
    for (const kept of [into, story]) await keepStory(world.store, kept);
    await deliverAll(world, [
      { kind: 'incident-card', incident: 'INC-11' },
      noticeOf(story, 'incident-merged'),
      noticeOf(story, 'incident-merged'),
    ]);
    const link = `https://example.slack.com/archives/p${cardOf(world)?.ts}`;
    const toldIn = (channel: string) => shown(world, channel).map(({ text }) => text);
    for (const place of [PEOPLE.onCall, 'C0OWN', 'C0SUPPORT'])
      expect(toldIn(place)).toEqual([expect.stringMatching(/INC-12 is part of INC-11 now.*Nobody can pay/)]);
    expect(toldIn(PEOPLE.onCall)[0]).toContain(link);
    expect(toldIn('C0OWN')[0]).toContain(link);
    // Whoever merged it knows.
    expect(toldIn(PEOPLE.responder)).toEqual([]);
  });

  it('goes on by itself where the other was over by then, and says so', async () => {
    const story = anIncident()
      .happened({ type: 'incident.merged', payload: { into: 'INC-11' } }, PEOPLE.responder)
      .happened({ type: 'incident.unmerged', payload: { from: 'INC-11', because: 'over' } });
    const world = await told(story);
    expect(inThread(world).map(({ text }) => text)).toContainEqual(
      expect.stringContaining('*INC-12 goes on by itself after all.* INC-11 was over before'),
    );
    expect(cardOf(world)?.text).not.toContain('is part of INC-11 now');
  });
});

describe("an incident's own channel", () => {
  const story = () =>
    anIncident({
      severity: 'P1',
      title: 'Käse: checkout <fails>!',
      commander: 'U0LEAD',
      schedule: { ownChannel: true },
    }).lived(MINUTE);
  const card: SlackWork = { kind: 'incident-card', incident: 'INC-12' };
  const open = { kind: 'channel', incident: 'INC-12', role: null, tries: 0, at: null } as const;

  /** A Slack that has channels; `calls` is what it was asked for. */
  async function withChannels(
    refusals: Readonly<Record<string, string>> = {},
    taken: readonly string[] = [],
    whileCreating: () => Promise<unknown> = async () => undefined,
  ) {
    const calls: { readonly method: string; readonly given: Readonly<Record<string, string>> }[] = [];
    const bookmarks: object[] = [];
    const on =
      (method: string, answer: (given: Readonly<Record<string, string>>) => object | Promise<object>) =>
      (given: Readonly<Record<string, string>>): object | Promise<object> => {
        calls.push({ method, given });
        return refusals[method] === undefined ? answer(given) : { ok: false, error: refusals[method] };
      };
    const answers = Object.fromEntries(
      Object.entries({
        'conversations.create': async ({ name = '' }: Readonly<Record<string, string>>) => {
          await whileCreating();
          return taken.includes(name)
            ? { ok: false, error: 'name_taken' }
            : { ok: true, channel: { id: 'C0OWN' } };
        },
        'conversations.invite': () => ({ ok: true }),
        'conversations.setTopic': () => ({ ok: true }),
        'bookmarks.list': () => ({ ok: true, bookmarks }),
        'bookmarks.add': (given: Readonly<Record<string, string>>) => {
          bookmarks.push(given);
          return { ok: true };
        },
      }).map(([method, answer]) => [method, on(method, answer)]),
    );
    const world = await anIncidentSlack({ answers });
    await keepStory(world.store, story());
    const asked = (method: string) =>
      calls.filter((call) => call.method === method).map(({ given }) => given);
    const recorded = async () =>
      (await incidentEvents(world, 'INC-12')).filter(({ type }) => type.startsWith('channel.'));
    return { world, asked, recorded };
  }

  it('is created, with people, topic and bookmark, and once however often it is asked for', async () => {
    const { world, asked, recorded } = await withChannels();
    await deliverAll(world, [card, open, open]);
    expect(asked('conversations.create')).toMatchObject([{ name: 'inc-12-kase-checkout-fails' }]);
    expect(asked('conversations.invite')[0]).toMatchObject({
      channel: 'C0OWN',
      users: [PEOPLE.responder, 'U0LEAD', PEOPLE.onCall].join(','),
    });
    expect(asked('conversations.setTopic')[0]?.['topic']).toMatch(/^P1 Käse: checkout &lt;fails&gt;! https:/);
    expect(asked('bookmarks.add')).toMatchObject([{ channel_id: 'C0OWN', title: 'INC-12: the card' }]);
    expect(await recorded()).toMatchObject([{ type: 'channel.opened', payload: { channel: 'C0OWN' } }]);
  });

  it('gets another name where its own is taken', async () => {
    const { world, asked } = await withChannels({}, ['inc-12-kase-checkout-fails']);
    await deliverAll(world, [open]);
    expect(asked('conversations.create').at(-1)).toMatchObject({ name: 'inc-12-kase-checkout-fails-2' });
  });

  it('goes without what Slack refuses, and says so once', async () => {
    const { world, recorded } = await withChannels({
      'conversations.invite': 'missing_scope',
      'bookmarks.list': 'unknown_method',
    });
    await deliverAll(world, [card, open, open]);
    expect(await recorded()).toMatchObject([
      { type: 'channel.opened' },
      {
        type: 'channel.incomplete',
        payload: {
          what: [
            'people invited to its channel (missing_scope)',
            'a bookmark in its channel (unknown_method)',
          ],
        },
      },
    ]);
  });

  it('waits for the card that it links to, and goes without after half an hour', async () => {
    const { world, asked, recorded } = await withChannels();
    await deliverAll(world, [open]);
    expect(asked('conversations.create')).toHaveLength(1);
    expect(asked('conversations.setTopic')).toEqual([]);
    expect(world.added).toEqual([{ ...open, tries: 1, at: new Date(world.time.now + 2_000).toISOString() }]);
    await deliverAll(world, [{ ...open, tries: 40 }]);
    expect(asked('conversations.setTopic')).toHaveLength(1);
    expect(await recorded()).toMatchObject([
      { type: 'channel.opened' },
      {
        type: 'channel.incomplete',
        payload: { what: ['a bookmark in its channel (no link to the card)'] },
      },
    ]);
  });

  it('goes without a channel at all where Slack refuses one', async () => {
    const { world, recorded } = await withChannels({ 'conversations.create': 'restricted_action' });
    await deliverAll(world, [open, open]);
    expect(await recorded()).toMatchObject([
      { type: 'channel.incomplete', payload: { what: ['a channel (restricted_action)'] } },
    ]);
  });

  it('is joined by those who are called in later, also while it is being created', async () => {
    const calledIn: IncidentEventBody = {
      type: 'escalation.reached',
      payload: { role: 'team-lead', because: 'not-acknowledged' },
    };
    const callIn = () =>
      changeIncident(
        { ...world, clock: { now: () => world.time.now } },
        {
          incident: 'INC-12',
          actor: { kind: 'system', name: 'incident-timer' },
          decide: () => ({ kind: 'accepted', events: [calledIn] }),
        },
      );
    const { world, asked } = await withChannels({}, [], callIn);
    await deliverAll(world, [card, open]);
    expect(asked('conversations.invite').at(-1)?.['users']).toContain(PEOPLE.teamLead);
  });

  it('is joined by those who are called in later, and by nobody who has left it', async () => {
    const called = story()
      .events()
      .findLast(({ type }) => type === 'escalation.reached');
    const { world, asked } = await withChannels();
    await deliverAll(world, [card, open]);
    await deliverAll(world, (called ? reactTo(called) : []).filter(endsInSlack));
    expect(asked('conversations.invite').at(-1)).toMatchObject({ users: PEOPLE.onCall });
    expect(asked('conversations.create')).toHaveLength(1);
  });

  it('is made by one job at a time, and by none that only has people join it', async () => {
    expect(keepingOf(open, 'INC-12-1')).toEqual(keepingOf(open, 'INC-12-9'));
    const { world, asked } = await withChannels();
    await deliverAll(world, [card, { ...open, role: 'on-call' }]);
    expect(asked('conversations.create')).toEqual([]);
  });
});
