import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, inject, it } from 'vitest';
import { startPrivateRedis } from '../../src/adapters/redis/private-redis.ts';
import { startLocalSlack } from '../../src/demo/local-slack.ts';
import { readMessage } from '../../src/demo/slack-person.ts';
import { demoApp, demoWorkspace } from '../../src/demo/slack-workspace.ts';
import { ACTION } from '../../src/slack/kit/ids.ts';
import { askForRollback, inThread, runCardWith } from '../support/ask-for-rollback.ts';
import { joinAsTeam } from '../support/slack-client.ts';
import { untilFile } from '../support/until-file.ts';
import { createWorld, INCIDENTS, type World } from '../support/world.ts';

const LONG = { timeoutMs: 60_000 };

describe('while something that Walkback needs is gone', () => {
  let world: World;
  afterEach(() => world.stop());

  it('carries a rollback out without Slack, and tells all of it when Slack is back', async () => {
    world = await createWorld(inject('redisUrl'));
    const { root, slack, repository, team } = world;
    await world.writePlaybook(`
      - id: undo
        title: Take the branch back
        git: {}
      - id: slow
        title: Wait for the test
        run: touch ${root}/begun; while ! test -e ${root}/go; do sleep 0.05; done`);
    const asked = await askForRollback(team.robin);
    team.alex.press(asked.card, ACTION.approve);
    await untilFile(join(root, 'begun'));
    await slack.stop();
    await repository.git('init', '-q', `${root}/go`);

    const port = Number(new URL(slack.url).port);
    const again = await startLocalSlack({ configDir: join(root, 'slack'), port, workspace: demoWorkspace });
    const back = await joinAsTeam(again.url);
    await back.robin.waitForApp(demoApp.appId, LONG);
    await back.robin.waitForMessage(
      INCIDENTS,
      (message) => /is back on v1.3.0/.test(readMessage(message)),
      LONG,
    );
    expect(await repository.remoteGit('rev-parse', 'main^{tree}')).toBe(
      await repository.remoteGit('rev-parse', 'v1.3.0^{tree}'),
    );
    back.leave();
    await again.stop();
  });

  it('tells a rollback to its end though walkback.yml was saved broken in the middle of it', async () => {
    world = await createWorld(inject('redisUrl'));
    const { root, team } = world;
    await world.writePlaybook(`
      - id: undo
        title: Take the branch back
        git: {}
      - id: spoil
        title: Save a broken file
        run: "echo 'channels: [' > ${root}/walkback.yml"`);
    const asked = await askForRollback(team.robin);
    team.alex.press(asked.card, ACTION.approve);
    await team.robin.waitForMessage(
      INCIDENTS,
      (message) => /is back on v1.3.0/.test(readMessage(message)),
      LONG,
    );
  });

  it('waits for Redis in the middle of a step, and goes on without running it twice', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'walkback-outage-'));
    const first = await startPrivateRedis({ dataDir });
    world = await createWorld(first.url);
    const { root, team } = world;
    await world.writePlaybook(`
      - id: once
        title: Only once
        run: echo ran >> ${root}/runs; touch ${root}/begun; while ! test -e ${root}/go; do sleep 0.05; done`);
    const asked = await askForRollback(team.robin);
    team.alex.press(asked.card, ACTION.approve);
    await runCardWith(team.robin, asked, ACTION.cancelRun);
    await untilFile(join(root, 'begun'));
    await first.stop();
    await world.repository.git('init', '-q', `${root}/go`);
    const second = await startPrivateRedis({ dataDir });
    expect(second.url).toBe(first.url);

    await inThread(team.robin, asked, 'is back on v1.3.0');
    expect(await untilFile(join(root, 'runs'))).toBe('ran\n');
    await world.stop();
    await second.stop();
    await rm(dataDir, { recursive: true, force: true });
  });
});
