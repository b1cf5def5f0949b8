import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { restateRun } from '../../../../src/engine/policy/restate-run.ts';
import { approveRun } from '../../../../src/engine/run/answer-approval.ts';
import { cancelRun } from '../../../../src/engine/run/cancel.ts';
import { loadRun } from '../../../../src/engine/streams/runs.ts';
import { ask, aWorld, lock, press, reasonOf } from '../../../support/drive/approval-world.ts';
import { aCommand, aDriveWorld, admin, approver, responder } from '../../../support/drive-world.ts';

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

  it('leaves alone what has begun, and what can’t be planned just now: it follows once it can', async () => {
    const world = await aDriveWorld({ steps: [aCommand('deploy', 'exit 1')] });
    await world.request();
    await world.drive();
    expect(reasonOf(await restateRun(world.driving, { run: 'RUN-1', severity: 'P2' }))).toBe(
      'already-started',
    );
    await cancelRun(world.driving, { run: 'RUN-1', person: responder, reason: null });
    await ask(world, 'P1');
    const path = join(world.root, 'playbooks/undo.yml');
    const playbook = await readFile(path, 'utf8');
    await writeFile(path, parametrised);
    const restated = () => restateRun(world.driving, { run: 'RUN-2', severity: 'P2' });
    await expect(restated()).rejects.toMatchObject({ hindrance: { why: expect.any(String) } });
    expect(await loadRun(world.driving, 'RUN-2')).toMatchObject({ plan: { severity: 'P1' } });
    await writeFile(path, playbook);
    await restated();
    expect(await loadRun(world.driving, 'RUN-2')).toMatchObject({
      status: 'awaiting_approval',
      plan: { severity: 'P2' },
    });
  });
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
