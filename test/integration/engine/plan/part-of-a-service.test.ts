import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makePlan } from '../../../../src/engine/plan/make-plan.ts';
import { createTestRepository, type TestRepository } from '../../../support/git-repository.ts';
import { aPlanWorld } from '../../../support/plan-world.ts';

let repository: TestRepository;
beforeEach(async () => {
  repository = await createTestRepository();
});
afterEach(() => repository.remove());

const WEB = { git: '{ method: paths, paths: [apps/web] }' };

const plan = ({ deps }: Awaited<ReturnType<typeof aPlanWorld>>, target?: string) =>
  makePlan(deps, { service: 'shop', severity: 'P0', target, parameters: {} });

describe('a playbook that takes back only some paths', () => {
  it('is judged on these alone', async () => {
    const world = await aPlanWorld(repository, WEB);
    await world.release('v1.0.0', { 'apps/web/a': '1\n', 'db/migrate/1.rb': '1\n' });
    await repository.commit('Fix the api', { 'apps/api/a': '2\n', 'db/migrate/2.rb': '2\n' });
    await world.release('v1.1.0', { 'apps/web/a': '2\n' });
    const planned = await plan(world);
    expect(planned).toMatchObject({
      plan: {
        target: { release: 'v1.0.0' },
        blastRadius: {
          verdict: 'green',
          reasons: ['no migration in what is undone, no lost fix, 1 commit'],
          files: ['apps/web/a'],
          commits: [{ subject: 'Release v1.1.0' }],
        },
      },
    });
  });

  it('asks for nothing where nothing differs on them, and says on which', async () => {
    const world = await aPlanWorld(repository, WEB);
    await world.release('v1.0.0', { 'apps/web/a': '1\n' });
    await world.release('v1.1.0', { 'apps/api/a': '2\n' });
    expect(await plan(world, 'v1.0.0')).toEqual({
      kind: 'refused',
      refusal: { reason: 'target-already-deployed', target: 'v1.0.0', paths: ['apps/web'] },
    });
  });
});

describe('a service of which nobody knows what a migration looks like', () => {
  it('is not judged green, unless it says that it has none', async () => {
    const [silent, told] = [
      await aPlanWorld(repository),
      await aPlanWorld(repository, { service: 'migrations: []' }),
    ];
    await silent.release('v1.0.0', { app: '1\n' });
    await silent.release('v1.1.0', { app: '2\n' });
    expect(await plan(silent)).toMatchObject({
      plan: { blastRadius: { verdict: 'amber', reasons: ['no migrations known: none configured'] } },
    });
    expect(await plan(told)).toMatchObject({ plan: { blastRadius: { verdict: 'green' } } });
  });
});
