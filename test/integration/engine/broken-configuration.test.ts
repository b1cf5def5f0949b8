import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createTemplates } from '../../../src/adapters/templates/create-templates.ts';
import { createPeopleDirectory } from '../../../src/slack/connection/people-directory.ts';
import { createSlackClients } from '../../../src/slack/connection/slack-clients.ts';
import { createFollowOnDelivery } from '../../../src/slack/deliver.ts';
import { createSlackDelivery } from '../../../src/slack/delivery/slack-delivery.ts';
import { drawMrkdwn } from '../../../src/slack/kit/mrkdwn.ts';
import { aCommand, aDriveWorld } from '../../support/drive-world.ts';
import { memoryMessageRefs } from '../../support/memory-message-refs.ts';
import { quietLog } from '../../support/quiet-log.ts';

it('messages wait while walkback.yml is broken and was never read whole, rather than being given up', async () => {
  const world = await aDriveWorld({ steps: [aCommand('deploy', 'true')] });
  await world.request();
  const { messages: client } = createSlackClients({ token: 'xoxb-test', log: quietLog });
  const now = () => Date.now();
  const deliver = createFollowOnDelivery({
    ...world.driving,
    client,
    messages: memoryMessageRefs(),
    people: createPeopleDirectory({ client, now, log: quietLog }),
    delivery: createSlackDelivery({ client, messages: memoryMessageRefs(), log: quietLog, now }),
    render: (await createTemplates({ root: world.root, draw: drawMrkdwn })).render,
  });
  await writeFile(join(world.root, 'walkback.yml'), 'channels: [');
  const result = await deliver({ kind: 'card', card: 'approval', run: 'RUN-1' });
  expect(result).toMatchObject({ kind: 'unavailable', why: expect.stringContaining('walkback.yml') });
});
