import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createTemplates } from '../../../src/adapters/templates/create-templates.ts';
import { declareIncident } from '../../../src/engine/incident/declare.ts';
import { createPeopleDirectory } from '../../../src/slack/connection/people-directory.ts';
import { createSlackClients } from '../../../src/slack/connection/slack-clients.ts';
import { createFollowOnDelivery } from '../../../src/slack/deliver.ts';
import { createSlackDelivery } from '../../../src/slack/delivery/slack-delivery.ts';
import { drawMrkdwn } from '../../../src/slack/kit/mrkdwn.ts';
import { countedReads } from '../../support/counted-reads.ts';
import { aCommand, aDriveWorld, type DriveWorld, responder } from '../../support/drive-world.ts';
import { memoryMessageRefs } from '../../support/memory-message-refs.ts';
import { quietLog } from '../../support/quiet-log.ts';

async function deliveryOf(world: DriveWorld) {
  // Where nobody answers: what is looked at is what was read until then.
  const { messages: client } = createSlackClients({
    ...{ token: 'xoxb-test', apiUrl: 'http://127.0.0.1:9/api/', log: quietLog },
  });
  const now = () => Date.now();
  const messages = memoryMessageRefs();
  return createFollowOnDelivery({
    ...{ ...world.driving, client, messages },
    people: createPeopleDirectory({ client, now, log: quietLog }),
    delivery: createSlackDelivery({ client, messages, log: quietLog, now }),
    render: (await createTemplates({ root: world.root, draw: drawMrkdwn })).render,
  });
}

it('a message is drawn by one reading of the files', async () => {
  const world = await aDriveWorld({ steps: [aCommand('deploy', 'true')] });
  await declareIncident(world.driving, {
    ...{ title: 'Checkout fails', severity: 'P1', services: ['shop'], impact: '', usersAffected: null },
    ...{
      startedAt: '2030-03-01T03:00:00.000Z',
      commander: null,
      source: null,
      distinctFrom: [],
      person: responder,
    },
  });
  const deliver = await deliveryOf(world);
  const read = countedReads();
  expect(await deliver({ kind: 'incident-card', incident: 'INC-1' })).toMatchObject({ kind: 'unavailable' });
  expect(read.filter((file) => file === 'walkback.yml')).toHaveLength(1);
});

it('messages wait while walkback.yml is broken and was never read whole, rather than being given up', async () => {
  const world = await aDriveWorld({ steps: [aCommand('deploy', 'true')] });
  await world.request();
  const deliver = await deliveryOf(world);
  await writeFile(join(world.root, 'walkback.yml'), 'channels: [');
  const result = await deliver({ kind: 'card', card: 'approval', run: 'RUN-1' });
  expect(result).toMatchObject({ kind: 'unavailable', why: expect.stringContaining('walkback.yml') });
});
