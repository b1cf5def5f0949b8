import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { playStory } from './autopilot.ts';
import { invitation } from './invitation.ts';
import { findRunningDemo, resetDemo } from './reset-demo.ts';
import { isBroken } from './sample-service/shop-condition.ts';
import { type Demo, startDemo } from './start-demo.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const complain = (line: string): void => void process.stderr.write(`\n${line}\n`);

const { values } = parseArgs({
  options: {
    reset: { type: 'boolean', default: false },
    autopilot: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) {
  say('npm run demo [-- --reset] [-- --autopilot]');
  say('  --reset      start from the beginning: a broken shop and an empty history');
  say('  --autopilot  play the whole story and tell whether it went as it should');
} else {
  process.exit(await main());
}

/** Exit code: 0 when all went well and for Ctrl-C, else 1. */
async function main(): Promise<number> {
  // The autopilot has a place of its own, so that it never takes away what somebody is in the middle of.
  const directory = join(PROJECT, '.walkback', values.autopilot ? 'autopilot' : 'demo');
  const running = await findRunningDemo(directory);
  if (running !== undefined) {
    complain(`The demo is running already, as process ${running}. Stop it there with Ctrl-C first.`);
    return 1;
  }
  const asked = untilAsked();
  if (values.reset || values.autopilot) await resetDemo(directory);
  try {
    const demo = await startDemo({ directory, program: join(PROJECT, 'dist', 'bin', 'main.js'), say });
    try {
      return await (values.autopilot ? playStory({ demo, say, asked }) : attend(demo, directory, asked));
    } finally {
      say('Stopping what was started');
      await demo.stop();
    }
  } catch (error) {
    complain(error instanceof Error ? error.message : String(error));
    return 1;
  }
}

/** Tells what to do, and waits until somebody presses Ctrl-C or something breaks. */
async function attend(demo: Demo, directory: string, asked: Promise<void>): Promise<number> {
  say(invitation(demo, { directory, broken: await isBroken(demo.shop) }));
  const problem = await Promise.race([asked, demo.broken]);
  if (problem === undefined) return 0;
  complain(`The demo can't go on: ${problem}`);
  return 1;
}

/** Resolves at the first Ctrl-C; the second one doesn't wait for anything. */
function untilAsked(): Promise<void> {
  return new Promise((resolve) => {
    let before = false;
    for (const signal of SIGNALS) {
      process.on(signal, () => {
        if (before) process.exit(130);
        before = true;
        resolve();
      });
    }
  });
}
