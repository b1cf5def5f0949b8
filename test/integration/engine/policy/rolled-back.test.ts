import { describe, expect, it } from 'vitest';
import { systemActor } from '../../../../src/domain/actor.ts';
import type { RunEventBody } from '../../../../src/domain/run/events.ts';
import { requestRollback } from '../../../../src/engine/policy/request-rollback.ts';
import { incidentEvents } from '../../../../src/engine/streams/incidents.ts';
import { changeRun, loadRun } from '../../../../src/engine/streams/runs.ts';
import { anIncidentWorld, type IncidentWorld, RESPONDER } from '../../../support/incident-world.ts';

const ask = (world: IncidentWorld) =>
  requestRollback(world.deps, {
    ...{ service: 'shop', severity: 'P0', parameters: {}, reason: 'checkout fails', checklist: [] },
    ...{ thread: null, person: RESPONDER },
  });
const tell = (world: IncidentWorld, run = 'RUN-1') => world.follow({ kind: 'tell-incident', run });
const happen = async (world: IncidentWorld, run: string, ...events: readonly RunEventBody[]) => {
  await changeRun(world.deps, {
    run,
    actor: systemActor('worker'),
    decide: () => ({ kind: 'accepted', events }),
  });
  await tell(world, run);
};
const begin = async (world: IncidentWorld, run = 'RUN-1') => {
  const digest = (await loadRun(world.deps, run))?.digest ?? '';
  await happen(
    world,
    run,
    { type: 'run.queued', payload: { digest } },
    { type: 'run.started', payload: { driver: 'w' } },
  );
};
const SUCCEEDED: RunEventBody = { type: 'run.succeeded', payload: { doubts: [] } };
const aRolledBackIncident = async () => {
  const world = await anIncidentWorld();
  await world.declare({ commander: RESPONDER.id });
  await world.look();
  await ask(world);
  await begin(world);
  world.at(12);
  await happen(world, 'RUN-1', SUCCEEDED);
  return world;
};

describe('a rollback of an incident that has proven itself', () => {
  it('stops the ladder with its very end, and says of what and to where', async () => {
    const world = await aRolledBackIncident();
    expect((await world.types()).slice(-2)).toEqual(['run.settled', 'rollback.verified']);
    const { rolledBack, runs } = await world.load();
    expect(rolledBack).toEqual({ at: '2030-03-01T03:12:00.000Z', stillSince: '2030-03-01T03:12:00.000Z' });
    expect(runs).toMatchObject([{ proven: true, target: 'v1.0.0' }]);
    world.at(90);
    await world.due();
    const called = (await incidentEvents(world.deps, 'INC-1')).filter(
      ({ type, at }) => type === 'escalation.reached' && at > '2030-03-01T03:12:00.000Z',
    );
    expect(called).toEqual([]);
  });

  it('is said once, however often the end is heard of, also after somebody has said otherwise', async () => {
    const world = await aRolledBackIncident();
    await Promise.all([tell(world), tell(world)]);
    await world.act({
      press: 'update',
      status: 'identified',
      done: 'It is something else',
      next: '',
      eta: '',
    });
    await tell(world);
    expect((await world.types()).filter((type) => type.startsWith('rollback.v'))).toHaveLength(1);
    expect((await world.load()).rolledBack).toBeNull();
  });

  it('and is rolled back again: nothing is proven from its beginning on, until it ends well', async () => {
    const world = await aRolledBackIncident();
    world.at(20);
    await ask(world);
    await tell(world, 'RUN-2');
    expect((await world.load()).rolledBack).not.toBeNull();
    await begin(world, 'RUN-2');
    expect((await world.load()).rolledBack).toBeNull();
    await happen(world, 'RUN-2', SUCCEEDED);
    expect((await world.load()).rolledBack).not.toBeNull();
  });

  it('is told with the runs of one that is merged into it', async () => {
    const world = await aRolledBackIncident();
    await world.declare({ severity: 'P0', title: 'The same' });
    await world.act({ press: 'merge', into: 'INC-2' });
    await world.follow({ kind: 'absorb-incident', incident: 'INC-1', into: 'INC-2' });
    expect((await world.types('INC-2')).slice(-2)).toEqual(['run.settled', 'rollback.verified']);
  });
});
