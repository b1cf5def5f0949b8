import { access, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { SampleService } from './sample-service/sample-service.ts';
import { SHOP_PLAYBOOK } from './shop-playbook.ts';
import { channels, people } from './slack-workspace.ts';

const HEADER = `# Written anew by each start of the demo. A team's own walkback.yml looks like this.
`;

/** Writes the demo's walkback.yml, and its playbook where there is none yet, so that changes to it stay. */
export async function writeWorkspace(directory: string, shop: SampleService): Promise<void> {
  await mkdir(join(directory, 'playbooks'), { recursive: true });
  await writeFile(join(directory, 'walkback.yml'), HEADER + stringify(demoTeam(shop)));
  const playbook = join(directory, 'playbooks', 'shop-rollback.yml');
  if (!(await exists(playbook))) await writeFile(playbook, SHOP_PLAYBOOK);
}

const demoTeam = (shop: SampleService): object => ({
  channels: {
    incidents: channels.incidents.id,
    stakeholders: channels.stakeholders.id,
    deployments: channels.deployments.id,
  },
  roles: {
    responder: [people.responder.id],
    approver: [people.approver.id, people.seniorApprover.id],
    'senior-admin': [people.seniorApprover.id],
    admin: [people.seniorApprover.id, people.approver.id],
  },
  permissions: {
    request: ['responder', 'approver', 'admin'],
    decide: ['approver', 'admin', 'senior-admin'],
    unlock: ['admin'],
  },
  severities: {
    P0: { title: 'Critical', criteria: 'Customers can not buy', approval: { roles: ['admin'] } },
    P1: { title: 'High', criteria: 'Buying is slow or often fails', approval: { roles: ['senior-admin'] } },
    P2: { title: 'Medium', criteria: 'A part of the shop is broken', approval: { roles: ['approver'] } },
    P3: {
      title: 'Low',
      criteria: 'Few will notice',
      approval: { roles: ['responder', 'approver'], requesterMayApprove: true },
    },
  },
  services: {
    shop: {
      title: 'Shop',
      repository: shop.remote,
      playbooks: ['shop-rollback'],
      environments: {
        production: { directory: shop.deployed, variables: { ...shop.variables, SHOP_URL: shop.url } },
      },
    },
  },
});

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );
