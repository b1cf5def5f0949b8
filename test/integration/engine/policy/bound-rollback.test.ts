import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { incidentEvents } from '../../../../src/engine/streams/incidents.ts';
import { loadRun } from '../../../../src/engine/streams/runs.ts';
import { APPROVER, anIncidentWorld, type IncidentWorld } from '../../../support/incident-world.ts';

const trigger = (world: IncidentWorld) =>
  world.follow({ kind: 'trigger-rollback', incident: 'INC-1', event: 'INC-1-9' });
/** Everything that time brings about in half an hour. */
const wait = async (world: IncidentWorld) => {
  for (const minute of [10, 15, 20, 25, 30]) {
    world.at(minute);
    await world.due();
  }
};
const last = async (world: IncidentWorld) => (await incidentEvents(world.deps, 'INC-1')).at(-1);
/** Takes the remote away for as long as it takes. */
const gitAway = async ({ repository: { remote } }: IncidentWorld, meanwhile: () => Promise<void>) => {
  await rename(remote, `${remote}.away`);
  try {
    await meanwhile();
  } finally {
    await rename(`${remote}.away`, remote);
  }
};
const push = async ({ repository }: IncidentWorld, files: Readonly<Record<string, string>>) => {
  await repository.commit('By hand', files);
  await repository.push();
};

describe('what is deployed when an incident is declared', () => {
  it('is noted once, with where a rollback goes from there', async () => {
    const world = await anIncidentWorld();
    await world.declare();
    await Promise.all([world.look(), world.look()]);
    await world.look();
    expect(await world.types()).toEqual(['incident.declared', 'deployed.noted']);
    expect(await last(world)).toMatchObject({
      payload: {
        ...{ service: 'shop', environment: 'production', late: false },
        ...{ version: { release: 'v1.1.0' }, target: { release: 'v1.0.0' } },
      },
    });
  });

  it('is asked for again while git is away, and read late counts as not known', async () => {
    const world = await anIncidentWorld();
    await world.declare();
    await gitAway(world, () => world.look());
    const again = world.added.at(-1)?.work;
    expect(again).toMatchObject({ kind: 'look-at-deployed', tries: 1, at: '2030-03-01T03:00:05.000Z' });
    world.at(6);
    await world.look();
    expect(await last(world)).toMatchObject({ type: 'deployed.noted', payload: { late: true } });
    await world.act({ press: 'acknowledge' });
    await wait(world);
    await trigger(world);
    expect(await world.store.recent('run', 5)).toEqual([]);
    expect((await incidentEvents(world.deps, 'INC-1')).slice(-2)).toMatchObject([
      {
        type: 'rollback.blocked',
        payload: { why: 'what of it was deployed when INC-1 began is not known' },
      },
      { type: 'escalation.reached', payload: { because: 'rollback-blocked' } },
    ]);
  });

  it('is noted anew when it is opened again', async () => {
    const world = await anIncidentWorld();
    await world.declare();
    await world.look();
    await world.act({ press: 'resolve', summary: 'Rolled back by hand' });
    await push(world, { version: '1.0\n' });
    await world.act({ press: 'reopen', reason: 'it is back' });
    await world.look();
    const { deployed } = await world.load();
    expect(deployed['shop']).toMatchObject({ moved: null, late: false });
    expect(deployed['shop']?.version.release).not.toBe('v1.1.0');
  });
});

describe('an automatic rollback', () => {
  it('is of that version to that target, though a newer target has appeared since', async () => {
    const world = await anIncidentWorld();
    await world.declare();
    await world.look();
    const { target } = (await world.load()).deployed['shop'] ?? {};
    await world.repository.git('tag', 'v1.0.5', 'v1.0.0');
    await world.repository.push();
    await wait(world);
    await trigger(world);
    expect((await loadRun(world.deps, 'RUN-1'))?.plan.target.hash).toBe(target?.hash);
  });

  it('stands down where somebody has changed what is deployed, by whatever means, and says to what', async () => {
    const world = await anIncidentWorld();
    await world.declare();
    await world.look();
    await push(world, { version: '1.0\n' });
    await wait(world);
    await trigger(world);
    await trigger(world);
    expect(await world.store.recent('run', 5)).toEqual([]);
    expect((await world.types()).slice(-2)).toEqual(['rollback.triggered', 'deployed.moved']);
    expect((await world.load()).automaticRollback?.outcome).toBe('stood-down');
  });

  it('finds that out before it warns, and then warns nobody', async () => {
    const world = await anIncidentWorld();
    await world.declare();
    await world.look();
    await push(world, { version: '1.0\n' });
    world.at(20);
    await world.due();
    await world.look('INC-1-9');
    expect(world.added.at(-1)?.work).toMatchObject({ kind: 'incident-notice', notice: 'rollback-warning' });
    expect((await world.types()).at(-1)).toBe('deployed.moved');
    await wait(world);
    expect(await world.types()).not.toContain('rollback.triggered');
  });

  it('warns though git is away', async () => {
    const world = await anIncidentWorld();
    await world.declare();
    await world.look();
    world.at(20);
    await gitAway(world, () => world.look('INC-1-9'));
    expect(world.added.map(({ work }) => work.kind)).toContain('incident-notice');
  });

  it('goes on over a commit that changes nothing', async () => {
    const world = await anIncidentWorld();
    await world.declare();
    await world.look();
    await world.repository.git('commit', '--allow-empty', '-m', 'Nothing');
    await world.repository.push();
    await wait(world);
    await trigger(world);
    expect(await world.store.recent('run', 5)).toEqual(['RUN-1']);
  });

  it('waits out a blip of git, and asks a person where that lasts', async () => {
    const world = await anIncidentWorld();
    await world.declare();
    await world.look();
    await wait(world);
    await gitAway(world, async () => {
      await expect(trigger(world)).rejects.toThrow('nobody can tell how it is with shop just now');
      expect(await world.types()).not.toContain('rollback.blocked');
      world.at(33);
      await trigger(world);
    });
    expect(await world.types()).toContain('rollback.blocked');
  });

  it.each(['walkback.yml', 'playbooks/undo.yml'])(
    'waits for %s to be saved whole, and asks a person where it stays broken',
    async (file) => {
      const world = await anIncidentWorld();
      await world.declare();
      await world.look();
      await wait(world);
      const path = join(world.root, file);
      const text = await readFile(path, 'utf8');
      await writeFile(path, text.slice(0, text.length / 2));
      await expect(trigger(world)).rejects.toThrow('nobody can tell how it is with shop just now');
      world.at(33);
      await trigger(world);
      expect(await last(world)).toMatchObject({
        ...{ type: 'rollback.blocked' },
        payload: { why: expect.stringContaining(`${file}, line `) },
      });
    },
  );

  it('does not follow a person who denied it', async () => {
    const world = await anIncidentWorld();
    await world.declare();
    await world.look();
    const system = { kind: 'system', name: 'runs' } as const;
    await world.store.append({
      ...{ stream: 'INC-1', expectedVersion: 2, at: new Date(world.time.now).toISOString(), actor: system },
      events: [
        { type: 'run.linked', payload: { run: 'RUN-9', service: 'shop', environment: 'production' } },
        { type: 'run.settled', payload: { run: 'RUN-9', status: 'denied', proven: false, target: '' } },
      ],
      index: [],
    });
    await wait(world);
    await trigger(world);
    expect(
      (await incidentEvents(world.deps, 'INC-1')).find(({ type }) => type === 'rollback.blocked'),
    ).toMatchObject({ payload: { why: 'a person denied its rollback' } });
  });

  it('that a person starts now goes where the button said, or not: what came meanwhile is told with a button of its own', async () => {
    const world = await anIncidentWorld();
    await world.declare();
    await world.look();
    const shown = (await world.load()).deployed['shop'];
    await push(world, { version: '1.2\n' });
    await world.act({ press: 'roll-back' }, APPROVER);
    await trigger(world);
    expect(await loadRun(world.deps, 'RUN-1')).toBeUndefined();
    expect((await world.types()).at(-1)).toBe('deployed.moved');
    expect((await world.load()).deployed['shop']?.version).toEqual(shown?.version);
  });

  it('that a person starts now goes to what the button said', async () => {
    const world = await anIncidentWorld();
    await world.declare();
    await world.look();
    const shown = (await world.load()).deployed['shop'];
    await world.act({ press: 'roll-back' }, APPROVER);
    await trigger(world);
    expect((await loadRun(world.deps, 'RUN-1'))?.plan.target.hash).toBe(shown?.target?.hash);
  });
});
