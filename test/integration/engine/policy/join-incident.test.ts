import { describe, expect, it } from 'vitest';
import { requestRollback } from '../../../../src/engine/policy/request-rollback.ts';
import { loadRun } from '../../../../src/engine/streams/runs.ts';
import { anIncidentWorld, type IncidentWorld, RESPONDER } from '../../../support/incident-world.ts';

const ask = (
  world: IncidentWorld,
  request: {
    readonly environment?: string;
    readonly severity?: string;
    readonly incident?: string | null;
  } = {},
) =>
  requestRollback(world.deps, {
    ...{ service: 'shop', severity: 'P2', parameters: {}, reason: 'checkout fails', checklist: [] },
    ...{ thread: null, person: RESPONDER },
    ...request,
  });
const adopt = (world: IncidentWorld, incident = 'INC-1') => world.follow({ kind: 'adopt-runs', incident });
const tell = (world: IncidentWorld, run = 'RUN-1') => world.follow({ kind: 'tell-incident', run });
const run = (world: IncidentWorld, id = 'RUN-1') => loadRun(world.deps, id);
const wait = async (world: IncidentWorld) => {
  for (const minute of [10, 15, 20, 25, 30]) {
    world.at(minute);
    await world.due();
  }
};

describe('a rollback that is asked for without an incident', () => {
  it('joins the open one of its service and is judged by its severity, which then rolls nothing back by itself', async () => {
    const world = await anIncidentWorld();
    await world.declare();
    await world.look();
    await ask(world);
    await tell(world);
    expect(await run(world)).toMatchObject({ incident: 'INC-1', plan: { severity: 'P0' } });
    await wait(world);
    expect((await world.types()).at(-1)).toBe('rollback.stood-down');
  });

  it('joins the most urgent of several, and none that is over or about something else', async () => {
    const world = await anIncidentWorld();
    await world.declare({ severity: 'P0', title: 'Was over' });
    await world.act({ press: 'resolve', summary: 'Mended' });
    await world.declare({ severity: 'P2' });
    await world.declare({ severity: 'P1', title: 'Worse' });
    await world.declare({ severity: 'P0', services: [] });
    await ask(world);
    expect(await run(world)).toMatchObject({ incident: 'INC-3', plan: { severity: 'P1' } });
  });

  it('belongs to none where whoever asks says so, be the incident there before or declared after', async () => {
    const world = await anIncidentWorld();
    await world.declare();
    await ask(world, { incident: null });
    await tell(world);
    await adopt(world);
    expect(await run(world)).toMatchObject({ incident: null, plan: { severity: 'P2' } });
    expect((await world.load()).runs).toEqual([]);
  });

  it('belongs to the one that was chosen of several, and has its severity', async () => {
    const world = await anIncidentWorld();
    await world.declare({ severity: 'P0' });
    await world.declare({ severity: 'P1', title: 'Another' });
    await ask(world, { incident: 'INC-2' });
    await tell(world);
    expect(await run(world)).toMatchObject({ incident: 'INC-2', plan: { severity: 'P1' } });
  });

  it('belongs to none where it is a drill elsewhere', async () => {
    const world = await anIncidentWorld();
    await world.declare();
    await ask(world, { environment: 'staging' });
    await tell(world);
    await adopt(world);
    expect(await run(world)).toMatchObject({ incident: null, plan: { severity: 'P2' } });
  });
});

describe('a rollback that goes on when an incident is declared', () => {
  it('joins it once, follows its severity, and the automatic one makes way', async () => {
    const world = await anIncidentWorld();
    await ask(world);
    await world.declare();
    await world.look();
    await Promise.all([adopt(world), adopt(world)]);
    await tell(world);
    expect(await run(world)).toMatchObject({ incident: 'INC-1', plan: { severity: 'P0' } });
    const joined = (await world.store.read('RUN-1')).filter(({ type }) => type === 'run.joined');
    expect(joined).toHaveLength(1);
    expect((await world.load()).runs).toMatchObject([{ run: 'RUN-1', environment: 'production' }]);
    await wait(world);
    expect((await world.types()).at(-1)).toBe('rollback.stood-down');
  });

  it('joins it also where each was a moment too early to see the other', async () => {
    const world = await anIncidentWorld();
    await ask(world);
    await world.declare();
    await tell(world);
    expect(await run(world)).toMatchObject({ incident: 'INC-1' });
  });

  it('stays as it is where it only waits for the next deployment', async () => {
    const world = await anIncidentWorld();
    await ask(world, { severity: 'P3' });
    expect(await run(world)).toMatchObject({ status: 'deferred' });
    await world.declare();
    await adopt(world);
    await tell(world);
    expect(await run(world)).toMatchObject({ status: 'deferred', incident: null });
  });
});
