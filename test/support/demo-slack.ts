import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort } from '../../src/demo/free-port.ts';
import { type LocalSlack, startLocalSlack } from '../../src/demo/local-slack.ts';
import { demoWorkspace, type SlackWorkspace } from '../../src/demo/slack-workspace.ts';

/** A local Slack on a free port with the demo's people and channels, started as the demo does. `stop` takes its files along. */
export async function startDemoSlack(workspace: SlackWorkspace = demoWorkspace): Promise<LocalSlack> {
  const configDir = await mkdtemp(join(tmpdir(), 'walkback-demo-slack-'));
  const slack = await startLocalSlack({ configDir, port: await findFreePort(0), workspace });
  return {
    ...slack,
    stop: async () => {
      await slack.stop();
      await rm(configDir, { recursive: true, force: true });
    },
  };
}
