import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';
import { createQueues } from '../../src/adapters/bullmq/queues.ts';
import { createHttpProbe } from '../../src/adapters/http/http-probe.ts';
import { createCatalog } from '../../src/adapters/playbooks/create-catalog.ts';
import { createRedisChangeFeed } from '../../src/adapters/redis/change-feed.ts';
import { createRedisEventStore } from '../../src/adapters/redis/event-store.ts';
import { createRedisPresence } from '../../src/adapters/redis/presence.ts';
import { createRedisStepOutput } from '../../src/adapters/redis/step-output.ts';
import { createCommandRunner } from '../../src/adapters/shell/create-command-runner.ts';
import type { Person } from '../../src/domain/actor.ts';
import type { Run } from '../../src/domain/run/run.ts';
import { driveRun } from '../../src/engine/drive/drive-run.ts';
import type { Driving } from '../../src/engine/drive/driving.ts';
import { requestRollback } from '../../src/engine/policy/request-rollback.ts';
import type { FollowOn } from '../../src/engine/reactions/jobs.ts';
import { approveRun } from '../../src/engine/run/answer-approval.ts';
import { answerStep } from '../../src/engine/run/answer-step.ts';
import { cancelRun } from '../../src/engine/run/cancel.ts';
import { createStepHandlers } from '../../src/engine/steps/handlers.ts';
import { loadRun } from '../../src/engine/streams/runs.ts';
import { aFolder } from './configuration-folder.ts';
import { gitFor } from './git-adapter.ts';
import { createTestRepository } from './git-repository.ts';
import { noChannels } from './no-channels.ts';
import { quietLog } from './quiet-log.ts';
import { testRedis } from './redis.ts';

const shell = promisify(execFile);

export const responder: Person = { id: 'U1RESPONDER', roles: ['responder'] };
export const approver: Person = { id: 'U2APPROVER', roles: ['approver'] };
export const admin: Person = { id: 'U3ADMIN', roles: ['admin'] };

export type DriveWorld = Awaited<ReturnType<typeof aDriveWorld>>;

/**
 * All that drives a run, with real parts: Redis, git with releases v1.0.0 and v1.1.0, processes. The clock alone
 * is the test's own. `steps` and `verify` are the playbook's, in YAML; commands run in `work`.
 */
export async function aDriveWorld({ steps, verify = aCommand('healthy', 'true') }: Procedure) {
  const redis = testRedis();
  const repository = await createTestRepository();
  onTestFinished(() => repository.remove());
  await repository.commit('Release 1.0', { version: '1.0\n', 'db/migrations/1.sql': 'create\n' });
  await repository.git('tag', 'v1.0.0');
  await repository.commit('Release 1.1', { version: '1.1\n' });
  await repository.git('tag', 'v1.1.0');
  await repository.push();
  const root = await aFolder({ 'playbooks/undo.yml': playbookOf({ steps, verify }) });
  const work = join(root, 'work');
  await mkdir(work);
  await writeFile(join(root, 'walkback.yml'), teamOf(repository.remote, work));

  const store = createRedisEventStore(redis);
  const queues = await createQueues({ redis: redis.redis, prefix: redis.keys.prefix });
  onTestFinished(() => queues.close());
  const added: FollowOn[] = [];
  const time = { now: Date.parse('2030-03-01T10:00:00.000Z') };
  const git = gitFor(repository);
  const catalog = createCatalog({ root });
  const commands = createCommandRunner({
    baseEnvironment: { PATH: process.env['PATH'] ?? '' },
    redact: (text) => text,
    graceMs: 300,
  });
  const driving: Driving & typeof noChannels = {
    ...noChannels,
    store,
    clock: { now: () => time.now },
    changes: await createRedisChangeFeed({ subscriber: redis.connect(), keys: redis.keys }),
    catalog,
    git,
    commands,
    output: createRedisStepOutput(redis),
    queue: {
      add: async (work, cause) => {
        added.push(work);
        await queues.add(work, cause);
      },
    },
    settleMs: 20,
    presence: createRedisPresence({ ...redis, graceMs: 0 }),
    handlers: createStepHandlers({
      git,
      commands,
      http: createHttpProbe(),
      scratchDirectory: () => work,
    }),
    log: quietLog,
  };

  const load = async (): Promise<Run> => {
    const run = await loadRun(driving, 'RUN-1');
    if (run === undefined) throw new Error('nothing was requested yet');
    return run;
  };
  const approve = async () =>
    approveRun(driving, { run: 'RUN-1', digest: (await load()).digest, person: approver });
  const fifo = (name: string) => join(work, name);

  return {
    ...{ driving, redis, repository, root, work, time, added, load, approve },
    /** Requests RUN-1 back to v1.0.0, and approves it. */
    request: async (parameters: Readonly<Record<string, string>> = {}) => {
      const requested = await requestRollback(driving, {
        service: 'shop',
        severity: 'P1',
        target: 'v1.0.0',
        parameters,
        person: responder,
        reason: 'checkout fails',
        checklist: [],
        thread: null,
      });
      if (requested.kind === 'refused') throw new Error(JSON.stringify(requested.refusal));
      await approve();
    },
    drive: (driver = 'one', changes: Partial<Driving> = {}, stopping = () => false) =>
      driveRun({ ...driving, ...changes }, { run: 'RUN-1', driver, stopping }),
    answer: async (decision: 'retry' | 'skip' | 'abort' | 'done' | 'cannot', person = responder) => {
      const at = (await load()).steps.find(({ status }) =>
        ['failed', 'interrupted', 'waiting'].includes(status),
      );
      const answered = { run: 'RUN-1', step: at?.plan.id ?? '', attempt: at?.attempt ?? 0 };
      return answerStep(driving, {
        ...answered,
        decision,
        person,
        reason: decision === 'skip' ? 'done by hand' : null,
      });
    },
    cancel: () => cancelRun(driving, { run: 'RUN-1', person: responder, reason: 'found another way' }),
    /** A press on a card of another plan: refused, and recorded. */
    pressStale: () => approveRun(driving, { run: 'RUN-1', digest: 'f'.repeat(64), person: approver }),
    /** Types of the journal's events, those of steps with step, attempt and outcome. */
    journal: async () => (await store.read('RUN-1')).map(nameEvent),
    /** Lines that commands have written to a file in `work`. */
    lines: async (file: string) =>
      (await readFile(join(work, file), 'utf8').catch(() => '')).split('\n').filter((line) => line !== ''),
    /** Resolves with the run as soon as it is as wanted, whoever brings it there. */
    until: (wanted: (run: Run) => boolean) =>
      new Promise<Run>((resolve, reject) => {
        const look = () =>
          load().then((run) => {
            if (!wanted(run)) return;
            unwatch();
            resolve(run);
          }, reject);
        const unwatch = driving.changes.watch('RUN-1', () => void look());
        void look();
      }),
    /** Makes the two pipes that a `gated` command needs. */
    makeGate: (name: string) => shell('mkfifo', [fifo(`${name}.begun`), fifo(`${name}.gate`)]),
    /** Resolves with the process id of a `gated` command that has begun. */
    begun: async (name: string) => Number(await readFile(fifo(`${name}.begun`), 'utf8')),
    /** Lets a `gated` command end with this exit code. */
    open: (name: string, code = 0) => writeFile(fifo(`${name}.gate`), `${code}\n`),
    writePlaybook: (procedure: Procedure) =>
      writeFile(
        join(root, 'playbooks/undo.yml'),
        playbookOf({ verify: aCommand('healthy', 'true'), ...procedure }),
      ),
  };
}

type Procedure = { readonly steps: readonly string[]; readonly verify?: string };

/** A step of a playbook; `more` are further keys of it. */
export const aCommand = (id: string, command: string, more = ''): string =>
  `{ id: ${id}, title: Do ${id}, run: ${JSON.stringify(command)}${more === '' ? '' : `, ${more}`} }`;

/** A command that notes its start in the file `done`, tells its process id, and ends when the test says so. */
export const gated = (id: string, more = ''): string =>
  aCommand(
    id,
    `echo ${id} >> done; echo $$ > ${id}.begun; read -r code < ${id}.gate; echo "${id} went on" >> done; exit "$code"`,
    more,
  );

/** Whether a process runs; one that ended but was not yet waited for doesn't. */
export async function isAlive(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  return stat !== undefined && !/\) [ZX] /.test(stat);
}

const playbookOf = ({ steps, verify }: Procedure): string => `
name: undo
title: Undo a release
description: For tests
estimate: 5m
phases:
  - name: Roll back
    steps:
${steps.map((step) => `      - ${step}`).join('\n')}
verify:
  - ${verify}
`;

const teamOf = (repository: string, work: string): string => `
channels: { incidents: C024BE91L }
roles: { responder: [U1RESPONDER], approver: [U2APPROVER], admin: [U3ADMIN] }
permissions: { request: [responder], decide: [responder], unlock: [admin] }
severities:
  P0: { title: Critical, criteria: All is down, approval: { roles: [approver], raiseTo: [admin] } }
  P1: { title: High, criteria: Much is down, approval: { roles: [approver] } }
  P2: { title: Medium, criteria: A bit is down, approval: { roles: [admin] } }
  P3: { title: Low, criteria: Hardly seen, approval: { roles: [approver] }, rollback: { decision: next-deployment } }
services:
  shop:
    title: Web shop
    repository: ${repository}
    playbooks: [undo]
    environments: { production: { directory: ${work} } }
`;

type Event = Awaited<ReturnType<Driving['store']['read']>>[number];

function nameEvent({ type, payload }: Event): string {
  const attempt = 'attempt' in payload ? ` ${payload.attempt}` : '';
  const step = 'step' in payload ? ` ${payload.step}` : '';
  const outcome = 'outcome' in payload ? ` ${payload.outcome}` : '';
  const decision = 'decision' in payload ? ` ${payload.decision}` : '';
  return `${type}${step}${attempt}${outcome}${decision}`;
}
