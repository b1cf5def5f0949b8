import { access, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { SampleService } from './sample-service/sample-service.ts';
import { SHOP_PLAYBOOK } from './shop-playbook.ts';
import { channels, people } from './slack-workspace.ts';

const HEADER = `# Written anew by each start of the demo. A team's own walkback.yml looks like this.
# The shop has no database, so it has no migrations: a service that says nothing of them is looked through for those of
# the well-known tools.
`;

/** Writes the demo's walkback.yml, and its playbook where there is none yet, so that changes to it stay. */
export async function writeWorkspace(directory: string, shop: SampleService): Promise<void> {
  await mkdir(join(directory, 'playbooks'), { recursive: true });
  await writeFile(join(directory, 'walkback.yml'), HEADER + stringify(demoTeam(shop)));
  const playbook = join(directory, 'playbooks', 'shop-rollback.yml');
  if (!(await exists(playbook))) await writeFile(playbook, SHOP_PLAYBOOK);
}

const LADDER = [
  { role: 'on-call', after: '0m' },
  { role: 'team-lead', after: '15m' },
  { role: 'manager', after: '30m' },
  { role: 'executive', after: '1h' },
];

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
    'on-call': [people.responder.id],
    'team-lead': [people.approver.id],
    manager: [people.seniorApprover.id],
    executive: [people.seniorApprover.id],
  },
  permissions: {
    request: ['responder', 'approver', 'admin'],
    decide: ['approver', 'admin', 'senior-admin'],
    unlock: ['admin'],
  },
  severities: {
    P0: {
      title: 'Critical',
      criteria: 'Customers can not buy, or over half of them are hit',
      respondWithin: '15m',
      rollback: { decision: 'automatic', after: '30m', warnAt: ['20m', '25m'] },
      approval: { roles: ['admin'], expiresAfter: '15m', raiseTo: ['senior-admin'] },
      ladder: LADDER,
      updates: { every: '30m', stakeholders: true },
    },
    P1: {
      title: 'High',
      criteria: 'Buying is slow or often fails, for 10 to 50% of customers',
      respondWithin: '1h',
      approval: { roles: ['senior-admin'], raiseTo: ['executive'] },
      ladder: LADDER,
      updates: { every: '30m', stakeholders: true },
    },
    P2: {
      title: 'Medium',
      criteria: 'A part of the shop is broken, for fewer than 10% of customers',
      respondWithin: '4h',
      rollback: { decision: 'planned', within: '24h' },
      approval: { roles: ['approver'], count: 2, expiresAfter: '2h' },
      ladder: [{ role: 'team-lead', after: '1h' }],
    },
    P3: {
      title: 'Low',
      criteria: 'Few will notice',
      respondWithin: 'next-business-day',
      rollback: { decision: 'next-deployment' },
      approval: { roles: ['approver'], expiresAfter: '1d' },
    },
  },
  services: {
    shop: {
      title: 'Shop',
      repository: shop.remote,
      migrations: [],
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
