import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { hasButton, readMessage } from '../../src/demo/slack-person.ts';
import { channels } from '../../src/demo/slack-workspace.ts';
import { ACTION, BLOCK, stepActionId, VIEW } from '../../src/slack/kit/ids.ts';
import { askForRollback, inThread, runCardWith, toldAlone } from '../support/ask-for-rollback.ts';
import { createWorld, INCIDENTS, type World } from '../support/world.ts';

describe('a rollback, from the command to the all-clear', () => {
  let world: World;
  beforeEach(async () => {
    world = await createWorld(inject('redisUrl'));
  });
  afterEach(() => world.stop());

  it('is asked for, approved, carried out, verified and told, and refuses everybody who may not approve', async () => {
    const { team, repository } = world;
    const before = await repository.remoteHead();
    const asked = await askForRollback(team.robin, { reason: 'Checkout fails for <!channel>' });
    expect(readMessage(asked.card)).toContain('v1.3.0');
    expect(readMessage(asked.card)).not.toContain('<!channel>');

    team.robin.press(asked.card, ACTION.approve);
    await toldAlone(team.robin, 'role');
    team.kim.press(asked.card, ACTION.approve);
    await toldAlone(team.kim, 'role');
    expect(await repository.remoteHead()).toBe(before);

    team.alex.press(asked.card, ACTION.approve);
    await inThread(team.robin, asked, 'is back on v1.3.0.*\\n.*Took');
    await team.robin.waitForMessage(
      INCIDENTS,
      (message) =>
        message.ts === asked.card.ts && /Done\* · Web shop: v1.4.0 → v1.3.0/.test(readMessage(message)),
    );
    const head = await repository.remoteHead();
    expect(await repository.remoteGit('rev-parse', `${head}^`)).toBe(before);
    expect(await repository.remoteGit('rev-parse', `${head}^{tree}`)).toBe(
      await repository.remoteGit('rev-parse', 'v1.3.0^{tree}'),
    );
    await team.kim.waitForMessage(channels.stakeholders.id, (message) =>
      /is back on v1.3.0.*Missing until/s.test(readMessage(message)),
    );
    await team.kim.waitForMessage(channels.deployments.id, (message) =>
      /New commit/.test(readMessage(message)),
    );

    team.sam.press(asked.card, ACTION.approve);
    await toldAlone(team.sam, /approv|over|ended|decided/i);
  });

  it('lets nobody approve their own request, and counts different people where two are needed', async () => {
    const { team } = world;
    const asked = await askForRollback(team.alex, { severity: 'P2' });
    team.alex.press(asked.card, ACTION.approve);
    await toldAlone(team.alex, 'somebody else');
    await team.alex.command(`/rollback cancel ${asked.run}`, INCIDENTS);
    await toldAlone(team.alex, 'is cancelled');

    const again = await askForRollback(team.robin, { severity: 'P2' });
    team.alex.press(again.card, ACTION.approve);
    await team.robin.waitForMessage(
      INCIDENTS,
      (message) => message.ts === again.card.ts && /1 of 2/.test(readMessage(message)),
    );
    team.alex.press(again.card, ACTION.approve);
    await toldAlone(team.alex, 'already');
    team.sam.press(again.card, ACTION.approve);
    await inThread(team.robin, again, 'New commit');
  });

  it('is denied with a reason, which everybody sees, and frees the service', async () => {
    const { team, repository } = world;
    const before = await repository.remoteHead();
    const asked = await askForRollback(team.robin);

    await team.alex.command('/rollback shop', INCIDENTS);
    await team.alex.waitForView(
      (view) =>
        view.callback_id === VIEW.rollbackForm && JSON.stringify(view).includes(`cancel ${asked.run}`),
    );
    const held = await team.alex.submitView({
      [BLOCK.severity]: { chosen: 'P0' },
      [BLOCK.reason]: { text: 'Me too' },
    });
    expect(held.kind).toBe('accepted');
    await team.alex.waitForView((view) => JSON.stringify(view).includes(asked.run));

    team.alex.press(asked.card, ACTION.deny);
    await team.alex.waitForView(({ callback_id }) => callback_id === VIEW.denyForm);
    await team.alex.submitView({ [BLOCK.reason]: { text: 'A fix is minutes away' } });
    await inThread(team.robin, asked, 'A fix is minutes away');
    expect(await repository.remoteHead()).toBe(before);
    await askForRollback(team.robin);
  });

  it('asks a person about a step that failed, shows its output as a file, and goes on after Retry', async () => {
    const { team, root, writePlaybook } = world;
    await writePlaybook(`
      - id: deploy
        title: Deploy
        run: echo trying; test -e ${root}/mended || { echo "disk is full"; exit 3; }`);
    const asked = await askForRollback(team.robin);
    team.alex.press(asked.card, ACTION.approve);
    const failed = await runCardWith(team.robin, asked, stepActionId('retry'));
    expect(readMessage(failed)).toContain('disk is full');
    await team.robin.waitForMessage(INCIDENTS, (message) =>
      JSON.stringify(message).includes(`${asked.run}-deploy-1.txt`),
    );
    team.robin.press(failed, stepActionId('retry'));
    await toldAlone(team.robin, 'role');

    await world.repository.git('init', '-q', `${root}/mended`);
    team.alex.press(failed, stepActionId('retry'));
    await inThread(team.robin, asked, 'is back on');
  });

  it('waits for the person of a manual step, and stops a step in flight when cancelled', async () => {
    const { team, root, writePlaybook } = world;
    await writePlaybook(`
      - id: look
        title: Look at the dashboard
        manual: { instruction: Are the errors gone?, role: approver }
      - id: slow
        title: Something slow
        run: echo started > ${root}/slow; sleep 60; echo finished > ${root}/slow`);
    const asked = await askForRollback(team.robin);
    team.alex.press(asked.card, ACTION.approve);
    const manual = await runCardWith(team.robin, asked, stepActionId('done'));
    team.robin.press(manual, stepActionId('done'));
    await toldAlone(team.robin, 'role');
    team.alex.press(manual, stepActionId('done'));
    const running = await team.robin.waitForMessage(
      INCIDENTS,
      (message) =>
        message.ts === manual.ts && /1\/3/.test(readMessage(message)) && hasButton(message, ACTION.cancelRun),
    );
    team.robin.press(running, ACTION.cancelRun);
    await inThread(team.robin, asked, 'was cancelled');
  });

  it('voids the approval when the playbook is edited before the start, and asks again', async () => {
    const { team, writePlaybook, repository } = world;
    const asked = await askForRollback(team.robin);
    const before = await repository.remoteHead();
    await writePlaybook(`
      - id: deploy
        title: Something else
        run: echo something else`);
    team.alex.press(asked.card, ACTION.approve);
    const again = await team.robin.waitForMessage(
      INCIDENTS,
      (message) =>
        message.ts === asked.card.ts && /approval again.*the playbook was edited/.test(readMessage(message)),
    );
    expect(await repository.remoteHead()).toBe(before);
    team.alex.press(asked.card, ACTION.approve);
    // The press counts for nothing, and the new plan is shown.
    await team.alex.waitForView((view) => /nothing was decided.*Something else/s.test(JSON.stringify(view)));
    await team.alex.closeViews();
    team.alex.press(again, ACTION.approve);
    await inThread(team.robin, asked, 'is back on');
  });
});
