import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { IncidentCommand } from '../../../../src/domain/incident/actions/commands.ts';
import type { Severity } from '../../../../src/domain/severity.ts';
import { driveFollowOn } from '../../../../src/engine/drive/drive-follow-on.ts';
import { actOnIncident } from '../../../../src/engine/incident/act.ts';
import { declareIncident } from '../../../../src/engine/incident/declare.ts';
import { followIncident } from '../../../../src/engine/incident/follow.ts';
import { requestRollback } from '../../../../src/engine/policy/request-rollback.ts';
import { restateRun } from '../../../../src/engine/policy/restate-run.ts';
import {
  approveRun,
  breakGlass,
  denyRun,
  expireApproval,
} from '../../../../src/engine/run/answer-approval.ts';
import { cancelRun } from '../../../../src/engine/run/cancel.ts';
import { changeRun, loadRun } from '../../../../src/engine/streams/runs.ts';
import {
  aCommand,
  aDriveWorld,
  admin,
  approver,
  type DriveWorld,
  responder,
} from '../../../support/drive-world.ts';

const aWorld = () => aDriveWorld({ steps: [aCommand('deploy', 'echo deployed >> done')] });
const WAIT_MS = 30 * 60_000;

const base = (severity: string) => ({
  service: 'shop',
  severity,
  target: 'v1.0.0',
  parameters: {},
  reason: 'checkout fails',
  checklist: [],
  thread: null,
});
const ask = (world: DriveWorld, severity: string, incident: string | null = null) =>
  requestRollback(world.driving, { ...base(severity), person: responder, incident });
const declare = async (world: DriveWorld, severity: Severity): Promise<string> => {
  const answer = await declareIncident(world.driving, {
    person: responder,
    title: 'Checkout fails',
    severity,
    services: ['shop'],
    impact: 'Nobody can pay',
    usersAffected: null,
    startedAt: new Date(world.time.now).toISOString(),
    commander: null,
    source: null,
  });
  if (answer.kind === 'refused') throw new Error(answer.refusal.reason);
  return answer.incident.id;
};
const press = async (world: DriveWorld, person = admin, run = 'RUN-1') => ({
  run,
  person,
  digest: (await loadRun(world.driving, run))?.digest ?? '',
  reason: 'nobody answers and the shop is down',
});
const lock = (world: DriveWorld) => world.driving.store.lockOf('shop', 'production');
const journalOf = async (world: DriveWorld, run: string) =>
  (await world.driving.store.read(run)).map(({ type }) => type);
const reasonOf = (answer: { kind: string; refusal?: { reason: string } }) =>
  answer.refusal?.reason ?? answer.kind;

describe('an approval that nobody gave in time', () => {
  it('is asked of the rung above, once, and whoever is on it may approve and start the run', async () => {
    const world = await aWorld();
    await ask(world, 'P0');
    world.time.now += WAIT_MS;
    await expireApproval(world.driving, await press(world));
    expect(await world.load()).toMatchObject({
      status: 'awaiting_approval',
      raised: { roles: ['admin'] },
      expiresAt: new Date(world.time.now + WAIT_MS).toISOString(),
    });
    expect(await approveRun(world.driving, await press(world))).toMatchObject({ kind: 'accepted' });
    await world.drive();
    expect(await world.load()).toMatchObject({ status: 'succeeded' });
  });

  it('expires for good the second time, with the timer of the first one come again in between', async () => {
    const world = await aWorld();
    await ask(world, 'P0');
    const first = (await world.load()).expiresAt;
    const { digest } = await press(world);
    const session = { driver: 'one', stopping: () => false };
    const expire = (at: string) =>
      driveFollowOn(world.driving, { kind: 'expire', run: 'RUN-1', digest, at }, session);
    world.time.now += WAIT_MS;
    await expire(first);
    await expire(first);
    const second = (await world.load()).expiresAt;
    expect(world.added.at(-1)).toMatchObject({ kind: 'expire', at: second });
    world.time.now += WAIT_MS;
    await expire(second);
    expect(await world.journal()).toEqual(['rollback.requested', 'approval.raised', 'approval.expired']);
    expect(await lock(world)).toBeUndefined();
  });

  it('is raised by any drive, should its timer be lost', async () => {
    const world = await aWorld();
    await ask(world, 'P0');
    world.time.now += WAIT_MS;
    await world.drive();
    expect(await world.journal()).toEqual(['rollback.requested', 'approval.raised']);
  });
});

describe('breaking the glass', () => {
  it('starts a run without its approvals, and stays on it; presses that do not count are recorded', async () => {
    const world = await aWorld();
    await ask(world, 'P2', await declare(world, 'P2'));
    expect(reasonOf(await breakGlass(world.driving, await press(world, approver)))).toBe('not-permitted');
    await breakGlass(world.driving, await press(world));
    await world.drive();
    expect((await world.journal()).slice(0, 5)).toEqual([
      'rollback.requested',
      'approval.refused',
      'glass.broken',
      'run.queued',
      'run.started',
    ]);
    expect(await world.load()).toMatchObject({
      status: 'succeeded',
      incident: 'INC-1',
      glass: { by: { id: admin.id }, reason: 'nobody answers and the shop is down' },
    });
  });
});

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
      byPolicy: { incident, rule: 'Go now was pressed' },
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
      byPolicy: { incident, rule: 'Go now was pressed' },
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

describe('a rollback for the next deployment', () => {
  it('holds nothing, is not driven, and takes neither approval nor denial', async () => {
    const world = await aWorld();
    expect(await ask(world, 'P3')).toMatchObject({ kind: 'requested', run: { status: 'deferred' } });
    expect(await lock(world)).toBeUndefined();
    expect(await world.driving.store.open('run')).toEqual(['RUN-1']);
    expect(reasonOf(await approveRun(world.driving, await press(world, approver)))).toBe('next-deployment');
    expect(reasonOf(await denyRun(world.driving, await press(world, approver)))).toBe('next-deployment');
    world.time.now += 10 * WAIT_MS;
    await world.drive();
    expect(await world.load()).toMatchObject({ status: 'deferred' });
    expect(await world.lines('done')).toEqual([]);
  });

  it('is taken off the list by cancelling, which leaves alone the lock of another run', async () => {
    const world = await aWorld();
    await ask(world, 'P3');
    await ask(world, 'P1');
    await cancelRun(world.driving, { run: 'RUN-1', person: responder, reason: null });
    expect(await world.driving.store.open('run')).toEqual(['RUN-2']);
    expect(await lock(world)).toMatchObject({ run: 'RUN-2' });
  });

  it('takes the service when the glass is broken, unless another run is on it', async () => {
    const world = await aWorld();
    await ask(world, 'P1');
    expect(await ask(world, 'P3')).toMatchObject({ kind: 'requested' });
    const answer = await breakGlass(world.driving, await press(world, admin, 'RUN-2'));
    expect(answer).toMatchObject({ refusal: { reason: 'rollback-in-progress', heldBy: 'RUN-1' } });
    expect(await journalOf(world, 'RUN-2')).toEqual([
      'rollback.requested',
      'run.deferred',
      'approval.refused',
    ]);
    await cancelRun(world.driving, { run: 'RUN-1', person: responder, reason: null });
    await breakGlass(world.driving, await press(world, admin, 'RUN-2'));
    expect(await lock(world)).toMatchObject({ run: 'RUN-2' });
  });
});

describe('a rollback that the severity policy asks for', () => {
  const byPolicy = { incident: 'INC-12', rule: '30 minutes without a fix' };

  it('is approved by it, plainly, and runs', async () => {
    const world = await aWorld();
    const asked = await requestRollback(world.driving, { ...base('P0'), byPolicy });
    expect(asked).toMatchObject({
      run: { status: 'queued', incident: 'INC-12', requestedBy: { kind: 'system', name: 'severity-policy' } },
    });
    await world.drive();
    expect(await world.load()).toMatchObject({ status: 'succeeded', byPolicy });
  });

  it('is not appended at all where a migration would be undone', async () => {
    const world = await aWorld();
    await world.repository.commit('Add a column', { 'db/migrations/7.sql': 'alter table' });
    await world.repository.push();
    const asked = await requestRollback(world.driving, { ...base('P0'), byPolicy });
    expect(asked).toMatchObject({
      refusal: { reason: 'policy-needs-person', why: expect.stringContaining('migration') },
    });
    expect(await world.driving.store.open('run')).toEqual([]);
    expect(await lock(world)).toBeUndefined();
  });
});

describe('a severity changed in mid-course', () => {
  it('voids the approvals of a run that is queued: it starts only as the new severity demands', async () => {
    const world = await aWorld();
    await world.request();
    await restateRun(world.driving, { run: 'RUN-1', severity: 'P2' });
    expect(await world.load()).toMatchObject({
      status: 'awaiting_approval',
      replacedBecause: 'severity-changed',
      approvals: [],
      plan: { severity: 'P2' },
    });
    await world.drive();
    expect(await world.lines('done')).toEqual([]);
    expect(reasonOf(await approveRun(world.driving, await press(world, approver)))).toBe('not-permitted');
    await approveRun(world.driving, await press(world, admin));
    await world.drive();
    expect(await world.load()).toMatchObject({ status: 'succeeded' });
  });

  it('puts a run onto the list for the next deployment and takes it off, with the lock', async () => {
    const world = await aWorld();
    await ask(world, 'P1');
    await restateRun(world.driving, { run: 'RUN-1', severity: 'P3' });
    expect(await world.load()).toMatchObject({ status: 'deferred' });
    expect(await lock(world)).toBeUndefined();
    await ask(world, 'P1');
    expect(reasonOf(await restateRun(world.driving, { run: 'RUN-1', severity: 'P0' }))).toBe(
      'rollback-in-progress',
    );
    await cancelRun(world.driving, { run: 'RUN-2', person: responder, reason: null });
    await restateRun(world.driving, { run: 'RUN-1', severity: 'P0' });
    expect(await world.load()).toMatchObject({ status: 'awaiting_approval' });
    expect(await lock(world)).toMatchObject({ run: 'RUN-1' });
  });

  it('leaves alone what has begun, and ends what can no longer be planned', async () => {
    const world = await aDriveWorld({ steps: [aCommand('deploy', 'exit 1')] });
    await world.request();
    await world.drive();
    expect(reasonOf(await restateRun(world.driving, { run: 'RUN-1', severity: 'P2' }))).toBe(
      'already-started',
    );
    await cancelRun(world.driving, { run: 'RUN-1', person: responder, reason: null });
    await ask(world, 'P1');
    await writeFile(join(world.root, 'playbooks/undo.yml'), parametrised);
    await restateRun(world.driving, { run: 'RUN-2', severity: 'P2' });
    expect(await loadRun(world.driving, 'RUN-2')).toMatchObject({
      status: 'failed',
      ending: expect.stringContaining('can no longer be carried out'),
    });
  });
});

it('a run that was queued without its approvals is not started, whatever put it there', async () => {
  const world = await aWorld();
  await ask(world, 'P1');
  const { digest } = await press(world);
  await changeRun(world.driving, {
    run: 'RUN-1',
    actor: { kind: 'system', name: 'a bug' },
    decide: () => ({ kind: 'accepted', events: [{ type: 'run.queued', payload: { digest } }] }),
  });
  await world.drive();
  expect(await world.load()).toMatchObject({
    status: 'failed',
    ending: 'not started: it lacked the approvals that P1 demands',
  });
  expect(await world.lines('done')).toEqual([]);
});

/** The playbook, asking for something now that the run was not given. */
const parametrised = `
name: undo
title: Undo a release
description: For tests
estimate: 5m
parameters:
  - { name: region, description: Region to roll back }
phases:
  - name: Roll back
    steps:
      - { id: deploy, title: Deploy, run: "echo $PARAM_REGION" }
verify:
  - { id: healthy, title: Healthy, run: "true" }
`;
