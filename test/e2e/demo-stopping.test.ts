import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it, onTestFinished } from 'vitest';
import { SHOP_PLAYBOOK } from '../../src/demo/shop-playbook.ts';
import { createPerson, hasButton, readMessage } from '../../src/demo/slack-person.ts';
import { demoApp, people } from '../../src/demo/slack-workspace.ts';
import { ACTION } from '../../src/slack/kit/ids.ts';
import { askForRollback } from '../support/ask-for-rollback.ts';
import { INCIDENTS } from '../support/world.ts';

const MAIN = resolve('dist/demo/main.js');
/** Tells its process by a file, and would go on for long. */
const SLOW = 'echo $$ > "$SHOP_STATE/step.pid"; sleep 600';

it('kill -9 in the middle of a step leaves nothing running: no step, no shop, no Slack, no Redis', async () => {
  const { demo, folder } = await inTheMiddleOfAStep();
  const running = await processesOf(folder);
  for (const part of ['redis-server', 'server.mjs', 'local-slack', 'sleep 600'])
    expect(running.join('\n')).toContain(part);
  demo.kill('SIGKILL');
  await untilNothingRuns(folder);
});

it.each([
  ['the script that started it', (script: number) => script],
  ['npm, which started that script', (_: number, npm: number) => npm],
])('kill -9 of %s stops it', async (_, whom) => {
  const folder = await aFolder();
  const script = `import { become } from './scripts/setup.mjs';
    console.log('script', process.pid);
    await become(process.execPath, ['${MAIN}', '--folder', '${folder}'], {}, { notices: true });`;
  // The shell stands for npm: it waits for the script, and hands nothing on.
  const npm = spawn(
    'sh',
    ['-c', '"$@"; true', 'npm', process.execPath, '--input-type=module', '-e', script],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const said = listen(npm);
  const [, pid] = await said(/script (\d+)/);
  await said(/Open http:\S+ and be/);
  process.kill(whom(Number(pid), npm.pid ?? 0), 'SIGKILL');
  await untilNothingRuns(folder);
});

it('Ctrl-C says which step it waits for, and once more ends it', async () => {
  const { demo, folder, said } = await inTheMiddleOfAStep();
  demo.kill('SIGINT');
  await said(/Waiting for “Deploy the branch and restart the shop” of RUN-1 to end; Ctrl-C once more/);
  demo.kill('SIGINT');
  expect(await once(demo, 'exit')).toEqual([0, null]);
  expect(await processesOf(folder)).toEqual([]);
});

it('a second start says how to stop the first, and --stop does, also in the middle of a step', async () => {
  const { demo, folder } = await inTheMiddleOfAStep();
  const second = await walk('--folder', folder);
  expect(second).toMatch(
    /running already, as process \d+: open http:\/\/127\.0\.0\.1:\d+\. To stop it, .*--stop/,
  );
  const ended = once(demo, 'exit');
  expect(await walk('--folder', folder, '--stop')).toMatch(
    /It waits for a step to end: ending that now\nThe demo is stopped\./,
  );
  expect(await ended).toEqual([0, null]);
  expect(await processesOf(folder)).toEqual([]);
  expect(await walk('--folder', folder, '--stop')).toBe('No demo runs here: nothing to stop.\n');
});

it('--stop leaves a stranger alone that has the number of a demo, or of a part of one', async () => {
  const folder = await aFolder();
  const stranger = spawn('sleep', ['600'], { detached: true });
  onTestFinished(() => void stranger.kill());
  const { pid } = stranger;
  const state = {
    pid,
    startedAt: 'long ago',
    parts: [{ pid, startedAt: 'long ago' }],
    slackPort: 1,
    shopPort: 2,
  };
  await writeFile(join(folder, 'state.json'), JSON.stringify(state));
  expect(await walk('--folder', folder, '--stop')).toBe('No demo runs here: nothing to stop.\n');
  expect(stranger.exitCode ?? stranger.signalCode).toBeNull();
});

it('refuses what it does not know in a sentence, with the nearest', async () => {
  expect(await walk('--stp')).toBe(
    'There is no option --stp; did you mean --stop? npm run demo -- --help says what there is.\n',
  );
});

async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'walkback-stop-'));
  onTestFinished(async () => {
    await walk('--folder', folder, '--stop');
    await rm(folder, { recursive: true, force: true });
  });
  return folder;
}

/** The real demo as a process of its own, at the moment when its deployment has begun. */
async function inTheMiddleOfAStep() {
  const folder = await aFolder();
  await mkdir(join(folder, 'playbooks'));
  const playbook = SHOP_PLAYBOOK.replace('run: ./deploy.sh', () => `run: ${JSON.stringify(SLOW)}`);
  await writeFile(
    join(folder, 'playbooks', 'shop-rollback.yml'),
    playbook.replace('timeout: 1m', 'timeout: 20m'),
  );
  const demo = spawn(process.execPath, [MAIN, '--folder', folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const said = listen(demo);
  const [, slackUrl = ''] = await said(/Open (http:\S+) and be/);
  const [robin, alex] = await Promise.all(
    [people.responder, people.approver].map(({ id }) => createPerson({ url: slackUrl, userId: id })),
  );
  if (!robin || !alex) throw new Error('two people make two connections');
  await robin.waitForApp(demoApp.appId);
  const { run } = await askForRollback(robin);
  const card = await alex.waitForMessage(
    INCIDENTS,
    (message) => hasButton(message, ACTION.approve) && readMessage(message).includes(run),
  );
  alex.press(card, ACTION.approve);
  await untilRead(join(folder, 'shop', 'state', 'step.pid'));
  for (const person of [robin, alex]) person.close();
  return { demo, folder, said };
}

/** Resolves with the match as soon as it has said it. */
function listen(demo: ChildProcess): (wanted: RegExp) => Promise<RegExpExecArray> {
  let text = '';
  const looks = new Set<() => void>();
  if (demo.stdout !== null) {
    createInterface({ input: demo.stdout }).on('line', (line) => {
      text += `${line}\n`;
      for (const look of looks) look();
    });
  }
  return (wanted) =>
    new Promise((found) => {
      const look = () => {
        const match = wanted.exec(text);
        if (match !== null) found(match);
      };
      looks.add(look);
      look();
    });
}

/** What the demo's program says to these parameters. */
async function walk(...parameters: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, [MAIN, ...parameters], { stdio: ['ignore', 'pipe', 'pipe'] });
  const chunks: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => chunks.push(String(chunk)));
  await once(child, 'close');
  return chunks.join('').trimStart();
}

/** Command lines of whatever has the demo's folder in its command line, or in its environment as the step has it. */
async function processesOf(folder: string): Promise<readonly string[]> {
  const found = await Promise.all(
    (await readdir('/proc')).map(async (pid) => {
      const of = (file: string) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '');
      const [command, environment] = await Promise.all([of('cmdline'), of('environ')]);
      return `${command}${environment}`.includes(folder) ? command.replaceAll('\0', ' ') : '';
    }),
  );
  return found.filter((command) => command !== '');
}

async function untilNothingRuns(folder: string): Promise<void> {
  await expect.poll(() => processesOf(folder), { timeout: 40_000, interval: 200 }).toEqual([]);
}

async function untilRead(file: string): Promise<void> {
  await expect
    .poll(() => readFile(file, 'utf8').catch(() => ''), { timeout: 30_000, interval: 50 })
    .toMatch(/\d+/);
}
