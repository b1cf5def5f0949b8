import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { isProven } from '../../../src/domain/run/proof.ts';
import type { Run } from '../../../src/domain/run/run.ts';
import { aCommand, aDriveWorld, admin, responder } from '../../support/drive-world.ts';

const program = promisify(execFile);

/** Deploys what is checked out: its version is what the service answers with from then on. */
const DEPLOY = 'cp version "$LIVE"';

const SHIPPED = [
  { name: 'release-rollback', parameters: {}, fetches: 'update-checkout' },
  { name: 'hotfix-revert', parameters: { ticket: 'SHOP-123' }, fetches: 'deploy' },
  { name: 'emergency-reset', parameters: {}, fetches: 'deploy' },
];

describe.each(SHIPPED)('the playbook $name', ({ name, parameters, fetches }) => {
  it('puts the target live, and proves it', async () => {
    const { run, live } = await rollBack({ name, parameters });
    expect(run.status).toBe('succeeded');
    expect(isProven(run)).toBe(true);
    expect(await live()).toBe('1.0');
  });

  it('stops where the checkout can not be brought up to date', async () => {
    const { run, live } = await rollBack({ name, parameters, origin: '/nowhere/shop.git' });
    expect(failedStep(run)).toBe(fetches);
    expect(run.steps.find(({ plan }) => plan.id === fetches)?.tail).toContain('/nowhere/shop.git');
    expect(await live()).toBe('1.1');
  });

  it('is not taken in by a deployment of the old checkout', async () => {
    const { run } = await rollBack({ name, parameters, deploy: `git checkout -q v1.1.0\n${DEPLOY}` });
    expect(failedStep(run)).toBe('right-content');
  });

  it('is not taken in by an old version that goes on answering', async () => {
    const { run } = await rollBack({ name, parameters, deploy: 'echo "nothing to do"' });
    expect(failedStep(run)).toBe('answers');
    expect(run.steps.find(({ plan }) => plan.id === 'answers')?.summary).toContain("doesn't name v1.0.0 or ");
  });
});

const failedStep = ({ steps }: Run) => steps.find(({ status }) => status === 'failed')?.plan.id;

/** Runs a playbook as it is shipped, but for its pauses, on a service of which v1.1.0 is live. */
async function rollBack({
  name,
  parameters,
  deploy = DEPLOY,
  origin,
}: {
  readonly name: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly deploy?: string;
  readonly origin?: string;
}) {
  const world = await aDriveWorld({ steps: [aCommand('replaced', 'true')] });
  const liveFile = join(world.root, 'live');
  const live = async () => (await readFile(liveFile, 'utf8')).trim();
  await writeFile(liveFile, '1.1\n');
  const url = await serve(async () => ({ status: 'ok', version: `${await live()}.0` }));
  await program('git', ['clone', '-q', world.repository.remote, world.work]);
  if (origin !== undefined)
    await program('git', ['remote', 'set-url', 'origin', origin], { cwd: world.work });
  for (const [script, text] of [
    ['deploy.sh', deploy],
    ['restart.sh', 'true'],
  ] as const)
    await writeFile(join(world.work, script), `#!/bin/sh\nset -eu\n${text}\n`, { mode: 0o755 });
  await takeShipped(name, join(world.root, 'playbooks/undo.yml'));
  await setVariables(join(world.root, 'walkback.yml'), { HEALTH_URL: url, LIVE: liveFile });

  await world.request(parameters);
  for (let drives = 0; drives < 10; drives += 1) {
    await world.drive();
    const waiting = (await world.load()).steps.find(({ status }) => status === 'waiting');
    if (waiting === undefined) break;
    if (waiting.plan.kind === 'wait') world.time.now += waiting.plan.durationMs;
    else
      await world.answer(
        'done',
        waiting.plan.kind === 'manual' && waiting.plan.role === 'admin' ? admin : responder,
      );
  }
  return { run: await world.load(), live };
}

async function takeShipped(name: string, file: string): Promise<void> {
  const text = await readFile(`playbooks/${name}.yml`, 'utf8');
  await writeFile(file, text.replace(/^name: .*$/m, 'name: undo').replaceAll('every: 1s', 'every: 2ms'));
}

async function setVariables(file: string, variables: Readonly<Record<string, string>>): Promise<void> {
  const text = await readFile(file, 'utf8');
  await writeFile(
    file,
    text.replace(/(directory: [^ }]+) \}/, `$1, variables: ${JSON.stringify(variables)} }`),
  );
}

async function serve(answer: () => Promise<object>): Promise<string> {
  const server = createServer(async (_, response) => response.end(JSON.stringify(await answer())));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `http://127.0.0.1:${address.port}/`;
}
