import { describe, expect, it } from 'vitest';
import { systemActor } from '../../../../src/domain/actor.ts';
import { requestRollback } from '../../../../src/engine/policy/request-rollback.ts';
import { incidentEvents } from '../../../../src/engine/streams/incidents.ts';
import { changeRun, loadRun } from '../../../../src/engine/streams/runs.ts';
import { APPROVER, anIncidentWorld, type IncidentWorld, RESPONDER } from '../../../support/incident-world.ts';

const trigger = (world: IncidentWorld) =>
  world.follow({ kind: 'trigger-rollback', incident: 'INC-1', event: 'INC-1-9' });
const tell = (world: IncidentWorld, run = 'RUN-1') => world.follow({ kind: 'tell-incident', run });
/** An incident that knows what is deployed. */
const declare = async (world: IncidentWorld, declaration: Parameters<IncidentWorld['declare']>[0] = {}) => {
  await world.declare(declaration);
  await world.look();
};
const ask = (world: IncidentWorld, incident: string | null) =>
  requestRollback(world.deps, {
    ...{
      service: 'shop',
      severity: 'P1',
      parameters: {},
      reason: 'checkout fails',
      checklist: [],
      thread: null,
    },
    ...{ person: RESPONDER, incident },
  });
/** Half an hour goes by without a fix, though somebody works on it. */
const wait = async (world: IncidentWorld) => {
  world.at(10);
  await world.act({ press: 'acknowledge' });
  for (const minute of [10, 20, 25, 30]) {
    world.at(minute);
    await world.due();
  }
};
const since = async (world: IncidentWorld) => {
  const types = await world.types();
  return types.slice(types.indexOf('rollback.triggered') + 1);
};

describe('an automatic rollback', () => {
  it('is queued with an approval by policy, to the previous release, and the incident knows of it', async () => {
    const world = await anIncidentWorld();
    await declare(world);
    await wait(world);
    await trigger(world);
    await tell(world);
    const run = await loadRun(world.deps, 'RUN-1');
    expect(run).toMatchObject({ status: 'queued', incident: 'INC-1' });
    expect(run?.plan).toMatchObject({ service: 'shop', severity: 'P0', playbook: { name: 'undo' } });
    const events = await world.store.read('RUN-1');
    expect(events.map(({ type }) => type)).toEqual([
      'rollback.requested',
      'approval.by-policy',
      'run.queued',
    ]);
    expect(events[1]).toMatchObject({
      payload: { incident: 'INC-1', rule: '30 min without a fix' },
    });
    expect((await world.load()).runs).toMatchObject([{ run: 'RUN-1', service: 'shop', status: null }]);
  });

  it('is one, however often and by however many it is started', async () => {
    const world = await anIncidentWorld();
    await declare(world);
    await wait(world);
    await Promise.all([trigger(world), trigger(world)]);
    await trigger(world);
    await tell(world);
    await tell(world);
    await changeRun(world.deps, {
      run: 'RUN-1',
      actor: systemActor('test'),
      decide: () => ({ kind: 'accepted', events: [{ type: 'run.cancelled', payload: { why: 'no need' } }] }),
    });
    await tell(world);
    await tell(world);
    await trigger(world);
    expect(await world.store.recent('run', 10)).toEqual(['RUN-1']);
    expect(await since(world)).toEqual(['run.linked', 'run.settled']);
  });

  it('is one, though the process that asked for it died and it ended before the incident heard of it', async () => {
    const world = await anIncidentWorld();
    await declare(world);
    await wait(world);
    await trigger(world);
    await changeRun(world.deps, {
      run: 'RUN-1',
      actor: systemActor('test'),
      decide: () => ({ kind: 'accepted', events: [{ type: 'run.cancelled', payload: { why: 'no need' } }] }),
    });
    await trigger(world);
    expect(await world.store.recent('run', 10)).toEqual(['RUN-1']);
  });

  it('that Roll back started says so', async () => {
    const world = await anIncidentWorld();
    await declare(world);
    await world.act({ press: 'roll-back' }, APPROVER);
    await trigger(world);
    expect((await world.store.read('RUN-1'))[1]).toMatchObject({
      payload: { rule: 'Roll back was pressed' },
    });
  });

  it('does not start over a database migration: the next rung is asked, once', async () => {
    const world = await anIncidentWorld({ files: { 'db/migrations/2.sql': 'alter table orders' } });
    await declare(world);
    await wait(world);
    await Promise.all([trigger(world), trigger(world)]);
    await trigger(world);
    expect(await world.store.recent('run', 10)).toEqual([]);
    expect((await incidentEvents(world.deps, 'INC-1')).slice(-2).map(({ payload }) => payload)).toEqual([
      { service: 'shop', why: 'it would undo a database migration' },
      { role: 'manager', because: 'rollback-blocked' },
    ]);
  });

  it.each([
    ['mitigated', { press: 'update', status: 'monitoring', done: 'Rolled back', next: '', eta: '' }],
    ['resolved', { press: 'resolve', summary: 'Rolled back' }],
    ['of another severity', { press: 'change-severity', to: 'P1', reason: 'fewer users' }],
  ] as const)('does not start where the incident is %s by then', async (_, command) => {
    const world = await anIncidentWorld();
    await declare(world);
    await wait(world);
    await world.act(command);
    await trigger(world);
    expect(await world.store.recent('run', 10)).toEqual([]);
    expect(await since(world)).not.toContain('rollback.blocked');
  });

  it('asks a person where another rollback holds the service, or nobody said which service it is', async () => {
    const world = await anIncidentWorld();
    await ask(world, null);
    await declare(world);
    await wait(world);
    await trigger(world);
    expect(
      (await incidentEvents(world.deps, 'INC-1')).find(({ type }) => type === 'rollback.blocked'),
    ).toMatchObject({
      payload: { service: 'shop', why: 'another rollback is in progress there' },
    });
    const nameless = await anIncidentWorld();
    await declare(nameless, { services: [] });
    await wait(nameless);
    await trigger(nameless);
    await trigger(nameless);
    expect(await since(nameless)).toEqual(['rollback.blocked', 'escalation.reached']);
  });

  it('stands down for a rollback of the same incident that somebody asked for', async () => {
    const world = await anIncidentWorld();
    await declare(world);
    world.at(5);
    await ask(world, 'INC-1');
    await tell(world);
    await wait(world);
    expect((await incidentEvents(world.deps, 'INC-1')).at(-1)).toMatchObject({
      type: 'rollback.stood-down',
      payload: { run: 'RUN-1' },
    });
  });
});
