import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LocalSlack } from '../../src/demo/local-slack.ts';
import { channels, demoApp, people } from '../../src/demo/slack-workspace.ts';
import { type StartedProcess, startProcess } from '../../src/demo/start-process.ts';
import { startDemoSlack } from './demo-slack.ts';
import { createTestRepository, type TestRepository } from './git-repository.ts';
import { joinAsTeam, type Team } from './slack-client.ts';

export const INCIDENTS = channels.incidents.id;

/** A whole Walkback: local Slack, bot and worker as processes of their own, a repository with releases v1.0.0 to v1.4.0. */
export type World = {
  readonly slack: LocalSlack;
  readonly team: Team;
  readonly repository: TestRepository;
  /** Folder of walkback.yml and playbooks/. */
  readonly root: string;
  readonly writePlaybook: (steps: string, options?: { readonly verify?: string }) => Promise<void>;
  readonly startWorker: () => Promise<StartedProcess>;
  readonly bot: StartedProcess;
  readonly worker: StartedProcess;
  readonly stop: () => Promise<void>;
};

const QUICK_STEPS = `
      - id: undo
        title: Take the branch back
        git: {}
      - id: deploy
        title: Deploy
        run: echo "deploying $WALKBACK_TARGET_RELEASE"`;

/** `severities` is YAML, two spaces in; without it a policy without timers. */
export async function createWorld(
  redisUrl: string,
  { severities = SEVERITIES }: { readonly severities?: string } = {},
): Promise<World> {
  const root = await mkdtemp(join(tmpdir(), 'walkback-world-'));
  const repository = await createTestRepository();
  for (const minor of [0, 1, 2, 3, 4]) {
    await repository.commit(`Release 1.${minor}`, {
      version: `1.${minor}\n`,
      'db/migrations/1.sql': 'create\n',
    });
    await repository.git('tag', '-a', `v1.${minor}.0`, '-m', `v1.${minor}.0`);
  }
  await repository.push();
  await mkdir(join(root, 'playbooks'));
  await writeFile(join(root, 'walkback.yml'), teamYaml(repository.remote, severities));
  const writePlaybook: World['writePlaybook'] = (steps, { verify = 'echo ok' } = {}) =>
    writeFile(join(root, 'playbooks', 'rollback.yml'), playbookYaml(steps, verify));
  await writePlaybook(QUICK_STEPS);

  const slack = await startDemoSlack();
  const environment = {
    REDIS_URL: redisUrl,
    SLACK_BOT_TOKEN: demoApp.botToken,
    SLACK_APP_TOKEN: demoApp.appToken,
    SLACK_API_URL: slack.apiUrl,
    WALKBACK_ROOT: root,
    WALKBACK_DATA: join(root, 'data'),
    WALKBACK_NAMESPACE: `world-${randomUUID()}`,
  };
  const start = (role: string): Promise<StartedProcess> =>
    startProcess({
      name: role,
      program: process.execPath,
      parameters: ['dist/bin/main.js', role],
      environment,
      logFile: join(root, `${role}.log`),
      isReady: (line) => line.includes('"msg":"ready"'),
      readyWithin: 20_000,
      grace: 10_000,
    });
  const started = Promise.all([start('bot'), start('worker')]);
  const [bot, worker] = await started.catch(async (error: unknown) => {
    await slack.stop();
    throw error;
  });
  const team = await joinAsTeam(slack.url);
  await team.robin.waitForApp(demoApp.appId);
  return {
    ...{ slack, team, repository, root, writePlaybook, bot, worker },
    startWorker: () => start('worker'),
    stop: async () => {
      team.leave();
      await Promise.all([bot.stop(), worker.stop()]);
      await slack.stop();
      await repository.remove();
      await rm(root, { recursive: true, force: true });
    },
  };
}

const SEVERITIES = `
  P0: { title: Critical, criteria: Most users, approval: { roles: [approver] }, updates: { stakeholders: true } }
  P1: { title: High, criteria: Many users, approval: { roles: [admin] }, updates: { stakeholders: true } }
  P2: { title: Medium, criteria: Some users, approval: { roles: [approver], count: 2 } }
  P3: { title: Low, criteria: Few users, approval: { roles: [approver], requesterMayApprove: true } }`;

const teamYaml = (repository: string, severities: string): string => `
channels: { incidents: ${INCIDENTS}, stakeholders: ${channels.stakeholders.id}, deployments: ${channels.deployments.id} }
roles:
  responder: [${people.responder.id}]
  approver: [${people.approver.id}, ${people.seniorApprover.id}]
  admin: [${people.seniorApprover.id}]
  on-call: [${people.approver.id}]
  team-lead: [${people.seniorApprover.id}]
permissions: { request: [responder, approver], decide: [approver], unlock: [admin] }
severities:${severities}
services:
  shop:
    title: Web shop
    repository: ${repository}
    playbooks: [rollback]
    environments: { production: {} }
`;

const playbookYaml = (steps: string, verify: string): string => `
name: rollback
title: Roll back and redeploy
description: For tests
estimate: 1m
phases:
  - name: Roll back
    steps:${steps}
verify:
  - id: healthy
    title: It is healthy
    repeatable: true
    run: ${verify}
`;
