import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder with these files, gone when the test is over. Returns its absolute path. */
export async function aFolder(files: Readonly<Record<string, string>>): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'walkback-configuration-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), text);
  }
  return root;
}

/** A walkback.yml without a fault; the lines matter to tests that count them. */
export const SOUND_TEAM = `channels:
  incidents: C024BE91L
roles:
  responder: [U1RESPONDER]
  approver: [U2APPROVER, U3APPROVER]
permissions:
  request: [responder]
  decide: [responder]
  unlock: [approver]
severities:
  P0: { title: Critical, criteria: All is down, approval: { roles: [approver] } }
  P1: { title: High, criteria: Much is down, approval: { roles: [approver] } }
  P2: { title: Medium, criteria: A bit is down, approval: { roles: [approver], count: 2 } }
  P3: { title: Low, criteria: Hardly seen, approval: { roles: [approver] } }
services:
  shop:
    title: Web shop
    repository: https://git.example.com/shop.git
    playbooks: [undo]
    environments:
      production:
        directory: /srv/shop
        variables:
          HEALTH_URL: https://shop.example.com/healthz
`;

/** playbooks/undo.yml without a fault, for SOUND_TEAM. */
export const SOUND_PLAYBOOK = `name: undo
title: Undo a release
description: Takes the branch back and redeploys
estimate: 5m
parameters:
  - name: region
    description: Where
    choices: [eu, us]
    default: eu
phases:
  - name: Roll back
    window: [0, 2]
    steps:
      - id: rollback
        title: Undo it
        git: {}
      - id: deploy
        title: Deploy it
        run: ./deploy.sh "$PARAM_REGION"
        directory: ./web/
verify:
  - id: healthy
    title: It answers
    http:
      url: \${HEALTH_URL}?in=\${region}
      consecutive: 3
      attempts: 30
  - id: look
    title: Look at it
    manual: { instruction: Is it well?, role: responder }
`;
