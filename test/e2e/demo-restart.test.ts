import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { createPerson, hasButton, readMessage } from '../../src/demo/slack-person.ts';
import { demoApp, people } from '../../src/demo/slack-workspace.ts';
import { startDemo } from '../../src/demo/start-demo.ts';
import { ACTION } from '../../src/slack/kit/ids.ts';
import { askForRollback } from '../support/ask-for-rollback.ts';
import { INCIDENTS } from '../support/world.ts';

it('goes on with what was there at a second start: an open request has its card again, and can be approved', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'walkback-demo-'));
  const setting = { directory, program: resolve('dist/bin/main.js'), say: () => undefined };
  const first = await startDemo(setting);
  const robin = await createPerson({ url: first.slackUrl, userId: people.responder.id });
  await robin.waitForApp(demoApp.appId);
  const asked = await askForRollback(robin);
  robin.close();
  await first.stop();

  const second = await startDemo(setting);
  const alex = await createPerson({ url: second.slackUrl, userId: people.approver.id });
  await alex.waitForApp(demoApp.appId);
  const card = await alex.waitForMessage(INCIDENTS, (message) => hasButton(message, ACTION.approve));
  expect(readMessage(card)).toContain(asked.run);
  alex.press(card, ACTION.approve);
  await alex.waitForMessage(INCIDENTS, (message) => /New commit/.test(readMessage(message)), {
    timeoutMs: 30_000,
  });
  alex.close();
  await second.stop();
  await rm(directory, { recursive: true, force: true });
});
