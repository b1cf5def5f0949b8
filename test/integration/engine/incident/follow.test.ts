import { describe, expect, it } from 'vitest';
import { resumeOpenIncidents } from '../../../../src/engine/incident/follow.ts';
import { beginIncident } from '../../../../src/engine/streams/incidents.ts';
import { countedReads } from '../../../support/counted-reads.ts';
import { anIncidentWorld } from '../../../support/incident-world.ts';

const atMinute = (minutes: number): string =>
  new Date(Date.parse('2030-03-01T03:00:00.000Z') + minutes * 60_000).toISOString();

describe('timers of an incident', () => {
  it('each set the next one, from the declaration on', async () => {
    const world = await anIncidentWorld();
    await world.declare();
    await world.due();
    const timers: (string | null | undefined)[] = [];
    for (const _ of Array(7)) {
      const at = world.nextTimer();
      timers.push(at);
      world.time.now = Date.parse(at ?? '');
      await world.due(at);
    }
    expect(timers).toEqual([10, 15, 20, 25, 30, 55, 60].map(atMinute));
    expect(await world.types()).toEqual([
      ...[
        'incident.declared',
        'escalation.reached',
        'roles.asked-again',
        'response.overdue',
        'escalation.reached',
      ],
      ...['rollback.warned', 'update.asked', 'rollback.warned', 'update.missed', 'rollback.triggered'],
      ...['update.asked', 'update.missed'],
    ]);
  });

  it('do a thing once, though the same job is handled twice, or by two workers at once', async () => {
    const world = await anIncidentWorld();
    await world.declare();
    world.at(15);
    await Promise.all([world.due(atMinute(15)), world.due(atMinute(15)), world.due()]);
    await world.due(atMinute(15));
    expect(await world.types()).toEqual([
      ...[
        'incident.declared',
        'escalation.reached',
        'roles.asked-again',
        'response.overdue',
        'escalation.reached',
      ],
    ]);
    expect(new Set(world.added.map(({ work }) => JSON.stringify(work))).size).toBe(1);
    expect(world.nextTimer()).toBe(atMinute(20));
  });

  it('that go off on a machine whose clock is behind are not lost', async () => {
    const world = await anIncidentWorld();
    await world.declare();
    world.at(9.999);
    await world.due(atMinute(10));
    expect((await world.types()).at(-1)).toBe('roles.asked-again');
    expect(world.nextTimer()).toBe(atMinute(15));
  });

  it('that were for something that has been moved do nothing', async () => {
    const world = await anIncidentWorld();
    await world.declare();
    world.at(12);
    await world.due();
    await world.act({ press: 'update', status: 'monitoring', done: 'Rolled back', next: '', eta: '' });
    const before = await world.types();
    world.at(30);
    await world.due(atMinute(30));
    expect(await world.types()).toEqual(before);
    expect(world.nextTimer()).toBe(atMinute(37));
  });

  it('end with its closing, which leaves the list of open ones', async () => {
    const world = await anIncidentWorld();
    await world.declare();
    await world.act({ press: 'resolve', summary: 'Mended' });
    await world.due();
    expect(world.nextTimer()).toBe(atMinute(24 * 60));
    world.at(24 * 60);
    await world.due(atMinute(24 * 60));
    expect((await world.types()).at(-1)).toBe('incident.closed');
    expect(await world.store.open('incident')).toEqual([]);
    expect(world.added).toHaveLength(1);
  });

  it('of an incident that nobody knows are no matter', async () => {
    const world = await anIncidentWorld();
    await world.due();
    expect(world.added).toEqual([]);
  });
});

it('what follows for an incident is decided by one reading of the files', async () => {
  const world = await anIncidentWorld();
  await world.declare();
  await world.look();
  world.at(30);
  await world.due(atMinute(30));
  const read = countedReads();
  await world.follow({ kind: 'trigger-rollback', incident: 'INC-1', event: 'INC-1-9' });
  expect(await world.store.recent('run', 5)).toEqual(['RUN-1']);
  expect(read.filter((file) => file === 'walkback.yml')).toHaveLength(1);
});

describe('a start', () => {
  it('asks for the channel of an incident that is to have one and has none, and for no other', async () => {
    const world = await anIncidentWorld();
    await world.declare();
    await world.follow({ kind: 'missing-channel', incident: 'INC-1' });
    expect(world.added).toEqual([]);
    const declared = (await world.store.read('INC-1'))[0];
    if (declared?.type !== 'incident.declared') throw new Error('it begins with its declaration');
    const { payload } = declared;
    await beginIncident(world.deps, {
      at: declared.at,
      actor: declared.actor,
      events: [
        {
          type: 'incident.declared',
          payload: { ...payload, schedule: { ...payload.schedule, ownChannel: true } },
        },
      ],
    });
    await world.follow({ kind: 'missing-channel', incident: 'INC-2' });
    expect(world.added.map(({ work }) => work)).toEqual([
      { kind: 'channel', incident: 'INC-2', role: null, tries: 0, at: null },
    ]);
  });

  it('looks at every incident that is not closed', async () => {
    const world = await anIncidentWorld();
    await world.declare();
    await world.declare();
    await resumeOpenIncidents(world.deps, 'start-1');
    expect(world.added).toEqual(
      ['INC-1', 'INC-2'].flatMap((incident) => [
        { work: { kind: 'incident-due', incident, at: null }, cause: `${incident}-start-1` },
        { work: { kind: 'incident-card', incident }, cause: `${incident}-start-1` },
        { work: { kind: 'stakeholder-post', incident }, cause: `${incident}-start-1` },
        {
          work: { kind: 'look-at-deployed', incident, warn: null, tries: 0, at: null },
          cause: `${incident}-start-1`,
        },
        { work: { kind: 'missing-channel', incident }, cause: `${incident}-start-1` },
      ]),
    );
  });
});
