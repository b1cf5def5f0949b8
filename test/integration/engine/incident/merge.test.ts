import { describe, expect, it } from 'vitest';
import { requestRollback } from '../../../../src/engine/policy/request-rollback.ts';
import { readTimeline } from '../../../../src/engine/streams/timeline.ts';
import { anIncidentWorld, RESPONDER } from '../../../support/incident-world.ts';

type World = Awaited<ReturnType<typeof anIncidentWorld>>;

async function worldOf(...ids: readonly string[]): Promise<World> {
  const world = await anIncidentWorld();
  for (const id of ids) await world.declare({ title: `This is ${id}` });
  return world;
}

const merge = (world: World, from: string, into: string) =>
  world.act({ press: 'merge', into }, RESPONDER, from);
const absorb = (world: World, incident: string, into: string) =>
  world.follow({ kind: 'absorb-incident', incident, into });

/** Two who look at the same list press at the same moment: each merges the one into the other. */
async function intoEachOther(): Promise<World> {
  const world = await worldOf('INC-1', 'INC-2');
  const answers = await Promise.all([merge(world, 'INC-1', 'INC-2'), merge(world, 'INC-2', 'INC-1')]);
  expect(answers.map(({ kind }) => kind)).toEqual(['accepted', 'accepted']);
  return world;
}

describe('two that were merged into each other at once', () => {
  it.each([
    [
      ['INC-1', 'INC-2'],
      ['INC-2', 'INC-1'],
    ],
    [
      ['INC-2', 'INC-1'],
      ['INC-1', 'INC-2'],
    ],
  ] as const)('go on as the older, whichever is looked at first: %j', async (first, second) => {
    const world = await intoEachOther();
    for (const [from, into] of [first, second, first, second]) await absorb(world, from, into);
    expect(await world.store.open('incident')).toEqual(['INC-1']);
    expect(await world.load('INC-1')).toMatchObject({
      ...{ status: 'investigating', mergedInto: null, absorbed: ['INC-2'] },
    });
    expect(await world.load('INC-2')).toMatchObject({ status: 'closed', mergedInto: 'INC-1' });
    expect((await world.types('INC-1')).filter((type) => type === 'incident.unmerged')).toHaveLength(1);
  });

  it('also where both are looked at at the same moment', async () => {
    const world = await intoEachOther();
    await Promise.all([absorb(world, 'INC-1', 'INC-2'), absorb(world, 'INC-2', 'INC-1')]);
    await Promise.all([absorb(world, 'INC-1', 'INC-2'), absorb(world, 'INC-2', 'INC-1')]);
    expect(await world.store.open('incident')).toEqual(['INC-1']);
    expect((await world.load('INC-1')).absorbed).toEqual(['INC-2']);
  });
});

describe('a merge', () => {
  it('into one that was merged itself meanwhile goes on as that one does', async () => {
    const world = await worldOf('INC-1', 'INC-2', 'INC-3');
    await merge(world, 'INC-3', 'INC-2');
    await merge(world, 'INC-2', 'INC-1');
    await absorb(world, 'INC-2', 'INC-1');
    await absorb(world, 'INC-3', 'INC-2');
    expect((await world.load('INC-1')).absorbed).toEqual(['INC-2', 'INC-3']);
    expect(await world.store.open('incident')).toEqual(['INC-1']);
  });

  it('into one that was resolved before it could take anything over is taken back', async () => {
    const world = await worldOf('INC-1', 'INC-2');
    await merge(world, 'INC-2', 'INC-1');
    await world.act({ press: 'resolve', summary: 'Mended' }, RESPONDER, 'INC-1');
    await absorb(world, 'INC-2', 'INC-1');
    expect(await world.load('INC-2')).toMatchObject({ status: 'investigating', mergedInto: null });
    expect((await world.store.open('incident')).toSorted()).toEqual(['INC-1', 'INC-2']);
    world.at(31);
    await world.follow({ kind: 'incident-due', incident: 'INC-2', at: null });
    expect(await world.types('INC-2')).toContain('update.missed');
  });

  it('keeps what a rollback says just then: the one that it goes on as hears it', async () => {
    const world = await worldOf('INC-1', 'INC-2');
    const asked = await requestRollback(world.deps, {
      ...{ service: 'shop', severity: 'P0', parameters: {}, reason: 'checkout fails', checklist: [] },
      ...{ thread: null, person: RESPONDER, incident: 'INC-2' },
    });
    expect(asked.kind).toBe('requested');
    await merge(world, 'INC-2', 'INC-1');
    await absorb(world, 'INC-2', 'INC-1');
    await world.follow({ kind: 'tell-incident', run: 'RUN-1' });
    expect((await world.load('INC-1')).runs).toMatchObject([{ run: 'RUN-1' }]);
    expect((await world.load('INC-2')).runs).toEqual([]);
  });

  it('shows what happened in both, in order, on the timeline of the one that goes on', async () => {
    const world = await worldOf('INC-1', 'INC-2');
    world.at(1);
    await world.act({ press: 'acknowledge' }, RESPONDER, 'INC-2');
    await merge(world, 'INC-2', 'INC-1');
    world.at(2);
    await absorb(world, 'INC-2', 'INC-1');
    const events = await readTimeline(world.deps, 'INC-1');
    expect(events.map(({ stream, type }) => `${stream} ${type}`)).toEqual([
      'INC-1 incident.declared',
      'INC-2 incident.declared',
      'INC-2 incident.acknowledged',
      'INC-2 incident.merged',
      'INC-1 incident.absorbed',
      'INC-1 incident.acknowledged',
    ]);
  });
});
