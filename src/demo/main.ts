import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command, Option } from 'commander';
import { inSentences } from '../cli/in-sentences.ts';
import { playStory } from './autopilot.ts';
import { startCaretaker } from './caretaker.ts';
import { readState } from './demo-state.ts';
import { invitation } from './invitation.ts';
import { findRunningDemo, resetDemo } from './reset-demo.ts';
import { isBroken } from './sample-service/shop-condition.ts';
import { type Demo, startDemo } from './start-demo.ts';
import { stopDemo } from './stop-demo.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** ms that a step has to end when nobody is there any longer who could press Ctrl-C once more. */
const LEFT_ALONE = 10_000;

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const complain = (line: string): void => void process.stderr.write(`\n${line}\n`);
// The terminal may be closed before all is said.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

type Options = {
  readonly reset?: true;
  readonly stop?: true;
  readonly autopilot?: true;
  readonly folder?: string;
  readonly of?: string;
};

const options = inSentences(new Command('npm run demo --'))
  .usage('[OPTIONS]')
  .description('A complete try-out, without a Slack workspace')
  .option('--reset', 'start from the beginning: a broken shop and an empty history')
  .option('--stop', 'stop the demo that runs, or what is left of one, and start none')
  .option('--autopilot', 'play the whole story and tell whether it went as it should')
  .option('--folder <folder>', 'where everything of it is kept; left out, .walkback/demo')
  .addOption(new Option('--of <pid>', 'stop it only where it is, or was, this process').hideHelp())
  .parse()
  .opts<Options>();
process.exit(await main(options));

/** Exit code: 0 when all went well and for Ctrl-C, else 1. */
async function main({ reset, stop, autopilot, folder, of }: Options): Promise<number> {
  // The autopilot has a place of its own, so that it never takes away what somebody is in the middle of.
  const directory = resolve(folder ?? join(PROJECT, '.walkback', autopilot ? 'autopilot' : 'demo'));
  if (stop) {
    say(
      (await stopDemo({ directory, say, of: of === undefined ? undefined : Number(of) }))
        ? 'The demo is stopped.'
        : 'No demo runs here: nothing to stop.',
    );
    return 0;
  }
  const running = await findRunningDemo(directory);
  if (running !== undefined) {
    const port = (await readState(directory))?.slackPort;
    complain(
      `The demo is running already, as process ${running}: open http://127.0.0.1:${port}. To stop it, press Ctrl-C where it runs, or type: npm run demo -- --stop${autopilot ? ' --autopilot' : ''}`,
    );
    return 1;
  }
  const stopping = untilAsked();
  const caretaker = startCaretaker([
    ...[process.execPath, fileURLToPath(import.meta.url)],
    ...['--stop', '--folder', directory, '--of', `${process.pid}`],
  ]);
  // What a killed one left.
  await stopDemo({ directory, say });
  if (reset || autopilot) await resetDemo(directory);
  try {
    const demo = await startDemo({ directory, program: join(PROJECT, 'dist', 'bin', 'main.js'), say });
    stopping.again(demo.hurry);
    try {
      return await (autopilot
        ? playStory({ demo, say, asked: stopping.asked })
        : attend(demo, directory, stopping.asked));
    } finally {
      say('Stopping what was started');
      await demo.stop();
      caretaker.dismiss();
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

/**
 * `asked` resolves at the first Ctrl-C, or when whoever started us is gone. The second one calls what was given to
 * `again`, which has the stop wait for nothing; at the third, or where there is nothing to hurry, we end at once.
 */
function untilAsked(): { readonly asked: Promise<void>; readonly again: (hurry: () => void) => void } {
  let hurry: (() => void) | undefined;
  const asked = new Promise<void>((resolve) => {
    let times = 0;
    const ask = (): void => {
      times += 1;
      resolve();
      if (times === 1) return;
      if (times > 2 || hurry === undefined) process.exit(130);
      say('Ending it now');
      hurry();
    };
    for (const signal of SIGNALS) process.on(signal, ask);
    process.on('disconnect', () => {
      ask();
      setTimeout(ask, LEFT_ALONE).unref();
    });
  });
  return {
    asked,
    again: (given) => {
      hurry = given;
    },
  };
}
