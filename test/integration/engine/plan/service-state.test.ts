import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readServiceState, type ServiceState } from '../../../../src/engine/plan/service-state.ts';
import { createTestRepository, type TestRepository } from '../../../support/git-repository.ts';
import { aPlanWorld } from '../../../support/plan-world.ts';

let repository: TestRepository;
beforeEach(async () => {
  repository = await createTestRepository();
});
afterEach(() => repository.remove());

type World = Awaited<ReturnType<typeof aPlanWorld>>;

async function stateOf({ deps }: World): Promise<ServiceState> {
  const state = await readServiceState(deps, { service: 'shop' });
  if (state.kind === 'refused') throw new Error(JSON.stringify(state.refusal));
  return state;
}

async function fourReleases(world: World) {
  const [one, two, three, four] = [
    await world.release('v1.1.0', { app: '1\n', api: '1\n' }),
    await world.release('v1.2.0', { app: '2\n' }),
    await world.release('v1.3.0', { app: '3\n' }),
    await world.release('v1.4.0', { app: '4\n' }),
  ];
  return { one, two, three, four };
}

describe('what is deployed of a service', () => {
  it('is the head of its branch, known by its release; before it comes the one before', async () => {
    const world = await aPlanWorld(repository);
    const { three, four } = await fourReleases(world);
    expect(await stateOf(world)).toMatchObject({
      deployed: { hash: four.hash },
      release: { release: 'v1.4.0' },
      previous: { hash: three.hash, release: 'v1.3.0' },
      unknown: undefined,
    });
  });

  it('has the content of an older release after a rollback, and the one before that is previous', async () => {
    const world = await aPlanWorld(repository);
    const { three } = await fourReleases(world);
    const head = await world.goBack(three);
    const state = await stateOf(world);
    expect(state).toMatchObject({
      deployed: { hash: head.hash, release: null },
      release: { release: 'v1.3.0' },
      previous: { release: 'v1.2.0' },
    });
    expect(state.targets.map(({ commit }) => commit.release)).toEqual(['v1.2.0', 'v1.4.0', 'v1.1.0']);
  });

  it('is judged on the paths alone that the playbook takes back', async () => {
    const world = await aPlanWorld(repository, { git: '{ method: paths, paths: [api] }' });
    await fourReleases(world);
    await world.release('v1.5.0', { api: '5\n' });
    expect(await stateOf(world)).toMatchObject({
      release: { release: 'v1.5.0' },
      previous: { release: 'v1.4.0' },
    });
    await world.release('v1.6.0', { app: '6\n' });
    const state = await stateOf(world);
    expect(state).toMatchObject({ release: { release: 'v1.6.0' }, previous: { release: 'v1.4.0' } });
    expect(state.targets.map(({ commit }) => commit.release)).toEqual([
      'v1.4.0',
      'v1.3.0',
      'v1.2.0',
      'v1.1.0',
    ]);
  });

  it('follows a tag that has moved, and forgets one that is gone', async () => {
    const world = await aPlanWorld(repository);
    const { two } = await fourReleases(world);
    await stateOf(world);
    await repository.git('tag', '--force', 'v1.3.0', two.hash);
    await repository.git('push', '-q', '--force', 'origin', 'v1.3.0', ':v1.2.0');
    expect((await stateOf(world)).previous).toMatchObject({ hash: two.hash, release: 'v1.3.0' });
  });
});

describe('a rollback that did nothing', () => {
  it('tells nothing of what the one before it has left open', async () => {
    const world = await aPlanWorld(repository);
    const { three, four } = await fourReleases(world);
    const run = world.run(four, three).started().startStep('rollback');
    await world.keep(run.finishStep('rollback', { commit: three.hash }).failed('deploy', 'no way'));
    expect((await stateOf(world)).unknown).toMatch(/^RUN-1 failed/);
    const refused = world.run(four, three).started().startStep('rollback');
    await world.keep(refused.finishStep('rollback', { outcome: 'failed' }).failed('rollback', 'refused'));
    expect((await stateOf(world)).unknown).toMatch(/^RUN-1 failed/);
  });
});

describe('a rollback that leaves the branch as it is', () => {
  it('leaves open what is deployed, until the branch has moved', async () => {
    const world = await aPlanWorld(repository);
    const { three, four } = await fourReleases(world);
    await world.keep(world.run(four, three).started().didSteps(['deploy', 'healthy']).succeeded());
    expect((await stateOf(world)).unknown).toBe('RUN-1 put v1.3.0 there, and the branch is as it was before');
    await world.release('v1.5.0', { app: '5\n' });
    expect((await stateOf(world)).unknown).toBeUndefined();
  });
});

describe('a release that was rolled back', () => {
  it('is marked with when, by which run and for which incident, and so is what lay in between; neither is previous', async () => {
    const world = await aPlanWorld(repository);
    const { two, three, four } = await fourReleases(world);
    const run = world
      .run(four, two, 'INC-7')
      .started()
      .didSteps(['rollback', 'deploy', 'healthy'])
      .succeeded();
    await world.keep(run);
    await world.goBack(two);
    await world.release('v1.5.0', { app: '5\n' });
    const state = await stateOf(world);
    const mark = { run: 'RUN-1', at: run.build().startedAt, incident: 'INC-7' };
    expect(state.previous).toMatchObject({ release: 'v1.2.0' });
    expect(state.targets.map(({ commit, rolledBack }) => [commit.hash, rolledBack])).toEqual([
      [two.hash, undefined],
      [four.hash, mark],
      [three.hash, mark],
      [expect.any(String), undefined],
    ]);
  });

  it('is marked also under another tag of the same content, and by the first that went away from it', async () => {
    const world = await aPlanWorld(repository);
    const { two, three, four } = await fourReleases(world);
    await world.keep(
      world.run(four, three).started().didSteps(['rollback', 'deploy', 'healthy']).succeeded(),
    );
    const rolled = await world.goBack(three);
    await world.keep(
      world.run(rolled, two).started().didSteps(['rollback', 'deploy', 'healthy']).succeeded(),
    );
    await world.goBack(two);
    await world.release('v1.5.0', { app: '4\n' });
    await world.release('v1.6.0', { app: '6\n' });
    const { targets } = await stateOf(world);
    expect(targets.map(({ commit, rolledBack }) => [commit.release, rolledBack?.run])).toEqual([
      ['v1.2.0', undefined],
      ['v1.5.0', 'RUN-1'],
      ['v1.4.0', 'RUN-1'],
      ['v1.3.0', 'RUN-2'],
      ['v1.1.0', undefined],
    ]);
  });

  it('is not once a later rollback went to it and proved that it runs', async () => {
    const world = await aPlanWorld(repository);
    const { two, three, four } = await fourReleases(world);
    await world.keep(world.run(four, two).started().didSteps(['rollback', 'deploy', 'healthy']).succeeded());
    const rolled = await world.goBack(two);
    await world.keep(
      world.run(rolled, three).started().didSteps(['rollback', 'deploy', 'healthy']).succeeded(),
    );
    await world.goBack(three);
    const { targets } = await stateOf(world);
    expect(targets.map(({ commit, rolledBack }) => [commit.release, rolledBack?.run])).toEqual([
      ['v1.2.0', undefined],
      ['v1.4.0', 'RUN-1'],
      ['v1.1.0', undefined],
    ]);
  });

  it('is marked where the branch went back and the run failed later, and not where it never did', async () => {
    const world = await aPlanWorld(repository);
    const { two, three, four } = await fourReleases(world);
    await world.keep(world.run(four, three).deniedBy('U0APPROVER', 'no'));
    await world.keep(world.run(four, three).started().startStep('rollback').failed('rollback', 'no way'));
    expect((await stateOf(world)).targets.filter(({ rolledBack }) => rolledBack !== undefined)).toEqual([]);
    const run = world.run(four, three).started().startStep('rollback');
    await world.keep(run.finishStep('rollback', { commit: two.hash }).failed('deploy', 'no way'));
    await world.goBack(two);
    const { targets } = await stateOf(world);
    expect(targets.map(({ commit, rolledBack }) => [commit.release, rolledBack?.run])).toEqual([
      ['v1.1.0', undefined],
      ['v1.4.0', 'RUN-3'],
      ['v1.3.0', undefined],
    ]);
  });
});
