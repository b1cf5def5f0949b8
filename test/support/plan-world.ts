import { createCatalog } from '../../src/adapters/playbooks/create-catalog.ts';
import { createRedisEventStore } from '../../src/adapters/redis/event-store.ts';
import type { Commit } from '../../src/domain/git/git-facts.ts';
import type { Planning } from '../../src/engine/plan/make-plan.ts';
import { aFolder, SOUND_PLAYBOOK, SOUND_TEAM } from './configuration-folder.ts';
import { gitFor } from './git-adapter.ts';
import type { TestRepository } from './git-repository.ts';
import { keepStory } from './keep-story.ts';
import { aPlan, aStep } from './plan-builder.ts';
import { testRedis } from './redis.ts';
import { aRun, type RunBuilder } from './run-builder.ts';

/** All that plans are made from, with real parts. `git` is the git step as it is written; `service` further lines of the service. */
export async function aPlanWorld(
  repository: TestRepository,
  { git = '{}', service = '' }: { readonly git?: string; readonly service?: string } = {},
) {
  const root = await aFolder({
    'walkback.yml': SOUND_TEAM.replace(
      'https://git.example.com/shop.git',
      `${repository.remote}${service === '' ? '' : `\n    ${service}`}`,
    ),
    'playbooks/undo.yml': SOUND_PLAYBOOK.replace('git: {}', `git: ${git}`),
  });
  const store = createRedisEventStore(testRedis());
  const deps: Planning = { git: gitFor(repository), catalog: createCatalog({ root }), store };
  let runs = 0;
  return {
    deps,
    /** A release: a commit with this tag, pushed. */
    release: async (tag: string, files: Readonly<Record<string, string | null>>): Promise<Commit> => {
      const hash = await repository.commit(`Release ${tag}`, files);
      await repository.git('tag', tag);
      await repository.push();
      return { hash, release: tag, subject: `Release ${tag}`, author: 'Dana Developer', at: AT };
    },
    /** Puts the content of a commit on top of the branch, as a rollback does; by somebody's hand unless it has a message. */
    goBack: async (to: Commit, message = 'By hand'): Promise<Commit> => {
      await repository.git('read-tree', '--reset', '-u', to.hash);
      const hash = await repository.commit(message, {});
      await repository.push();
      return { hash, release: null, subject: message, author: 'Dana Developer', at: AT };
    },
    /** A run of the service that went from one commit to another, told up to its request; it is kept once it is told. */
    run: (from: Commit, to: Commit, incident: string | null = null): RunBuilder => {
      runs += 1;
      const plan = { ...MOVE, service: 'shop', deployed: from, target: to };
      return aRun({ id: `RUN-${runs}`, incident, plan: aPlan(plan) }).after(runs * 60_000);
    },
    keep: (story: RunBuilder) => keepStory(store, story),
  };
}

const AT = '2030-01-01T00:00:00.000Z';
const MOVE = { steps: [aStep.git(), aStep.run(), aStep.http()] };
