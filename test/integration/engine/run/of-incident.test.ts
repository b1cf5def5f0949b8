import { describe, expect, it } from 'vitest';
import type { IncidentCommand } from '../../../../src/domain/incident/actions/commands.ts';
import { actOnIncident } from '../../../../src/engine/incident/act.ts';
import { followIncident } from '../../../../src/engine/incident/follow.ts';
import { requestRollback } from '../../../../src/engine/policy/request-rollback.ts';
import { approveRun, breakGlass } from '../../../../src/engine/run/answer-approval.ts';
import { ask, aWorld, base, declare, lock, press, reasonOf } from '../../../support/drive/approval-world.ts';
import { aCommand, aDriveWorld, approver, type DriveWorld, responder } from '../../../support/drive-world.ts';

describe('a rollback of an incident', () => {
  it("has the incident's severity, whatever was asked for, and none without an incident that goes on", async () => {
    const world = await aWorld();
    const incident = await declare(world, 'P2');
    expect(await ask(world, 'P0', incident)).toMatchObject({ run: { plan: { severity: 'P2' } } });
    expect(reasonOf(await ask(world, 'P0', 'INC-99'))).toBe('unknown-incident');
    const command = { press: 'resolve', summary: 'It was a false alarm' } as const;
    await actOnIncident(world.driving, { incident, person: responder, command });
    expect(reasonOf(await ask(world, 'P0', incident))).toBe('incident-over');
  });

  it('that was approved does not start under a severity that was changed a moment ago', async () => {
    const world = await aWorld();
    const incident = await declare(world, 'P0');
    await ask(world, 'P0', incident);
    await approveRun(world.driving, await press(world, approver));
    const command = { press: 'change-severity', to: 'P2', reason: 'Few are hit' } as const;
    await actOnIncident(world.driving, { incident, person: responder, command });
    await world.drive();
    expect(await world.load()).toMatchObject({
      status: 'awaiting_approval',
      plan: { severity: 'P2' },
      approvals: [],
      startedAt: null,
    });
  });

  it('follows a severity that was changed while it was planned', async () => {
    const world = await aWorld();
    const incident = await declare(world, 'P0');
    await ask(world, 'P0', incident);
    const command = { press: 'change-severity', to: 'P2', reason: 'Few are hit' } as const;
    await actOnIncident(world.driving, { incident, person: responder, command });
    await followIncident(world.driving, { kind: 'restate-runs', incident });
    await followIncident(world.driving, { kind: 'tell-incident', run: 'RUN-1' });
    expect(await world.load()).toMatchObject({ status: 'awaiting_approval', plan: { severity: 'P2' } });
  });

  it('starts only as the last severity demands, though the incident was resolved right after', async () => {
    const world = await aWorld();
    const incident = await declare(world, 'P0');
    await ask(world, 'P0', incident);
    await approveRun(world.driving, await press(world, approver));
    const change = { press: 'change-severity', to: 'P2', reason: 'Few are hit' } as const;
    const resolve = { press: 'resolve', summary: 'It went away' } as const;
    for (const command of [change, resolve])
      await actOnIncident(world.driving, { incident, person: responder, command });
    await world.drive();
    expect(await world.load()).toMatchObject({ startedAt: null });
  });
});

describe('an incident that no longer needs a rollback', () => {
  const act = (world: DriveWorld, incident: string, command: IncidentCommand) =>
    actOnIncident(world.driving, { incident, person: responder, command });
  const mitigated = { press: 'update', status: 'monitoring', done: 'Restarted', next: '', eta: '' } as const;
  const resolved = { press: 'resolve', summary: 'It went away' } as const;

  it.each([
    ['mitigated', mitigated],
    ['resolved', resolved],
  ])('does not get the automatic one that was queued when it was %s', async (_, command) => {
    const world = await aWorld();
    const incident = await declare(world, 'P0');
    await requestRollback(world.driving, {
      ...base('P0'),
      byPolicy: { incident, rule: 'Roll back was pressed' },
    });
    await act(world, incident, command);
    await world.drive();
    expect(await world.load()).toMatchObject({ status: 'cancelled', startedAt: null });
    expect(await world.lines('done')).toEqual([]);
    expect(await lock(world)).toBeUndefined();
  });

  it('does not get one that the worker was looking at just then', async () => {
    const world = await aWorld();
    const incident = await declare(world, 'P0');
    await requestRollback(world.driving, {
      ...base('P0'),
      byPolicy: { incident, rule: 'Roll back was pressed' },
    });
    const { git } = world.driving;
    await world.drive('one', {
      git: {
        ...git,
        remoteHead: async (repository) => {
          await act(world, incident, mitigated);
          return git.remoteHead(repository);
        },
      },
    });
    expect(await world.load()).toMatchObject({ status: 'cancelled', startedAt: null });
  });

  it('gets one that a person approved while it is mitigated, and that broke the glass once it is resolved', async () => {
    const world = await aWorld();
    const incident = await declare(world, 'P1');
    await ask(world, 'P1', incident);
    await approveRun(world.driving, await press(world, approver));
    await act(world, incident, mitigated);
    await world.drive();
    expect(await world.load()).toMatchObject({ status: 'succeeded' });
    const small = await aWorld();
    const low = await declare(small, 'P3');
    await ask(small, 'P3', low);
    await act(small, low, resolved);
    await followIncident(small.driving, { kind: 'restate-runs', incident: low });
    await breakGlass(small.driving, await press(small));
    await small.drive();
    expect(await small.load()).toMatchObject({ status: 'succeeded' });
  });

  it('frees the service of a run that waits for approval, but not of one that has begun', async () => {
    const world = await aWorld();
    const incident = await declare(world, 'P1');
    await ask(world, 'P1', incident);
    await followIncident(world.driving, { kind: 'tell-incident', run: 'RUN-1' });
    await act(world, incident, resolved);
    await followIncident(world.driving, { kind: 'restate-runs', incident });
    expect(await world.load()).toMatchObject({ status: 'cancelled', ending: 'INC-1 is resolved' });
    expect(await lock(world)).toBeUndefined();
    const begun = await aDriveWorld({ steps: [aCommand('deploy', 'exit 1')] });
    const other = await declare(begun, 'P1');
    await ask(begun, 'P1', other);
    await followIncident(begun.driving, { kind: 'tell-incident', run: 'RUN-1' });
    await approveRun(begun.driving, await press(begun, approver));
    await begun.drive();
    await act(begun, other, resolved);
    await followIncident(begun.driving, { kind: 'restate-runs', incident: other });
    expect(await begun.load()).toMatchObject({ status: 'waiting' });
  });
});
