import { setTimeout as pause } from 'node:timers/promises';
import { judge } from './parts/judge.mjs';
import { residentMb } from './parts/resident-mb.mjs';
import { median } from './parts/statistics.mjs';
import { withSetup } from './parts/with-setup.mjs';

const ROUNDS = 9;
const IDLE_MS = 5_000;

/** How fast bot and worker are ready, against a bare Bolt app, and what memory they hold when idle. */
export function measureIdleAndStart() {
  return withSetup(async (setup) => {
    const rounds = [];
    for (let round = 0; round < ROUNDS; round += 1) rounds.push(await once(setup));
    const medianOf = (name) => median(rounds.map((round) => round[name]));
    const ready = (name) =>
      judge({
        what: `${name}, start to ready`,
        unit: 'ms',
        ours: medianOf(`${name}ReadyMs`),
        against: 'bare Bolt app',
        theirs: medianOf('bareReadyMs'),
        bar: { ratio: 3 },
      });
    const memory = (name, most) =>
      judge({
        what: `${name}, idle, resident`,
        unit: 'MB',
        ours: medianOf(`${name}Mb`),
        bar: { ours: most },
      });
    return [ready('bot'), ready('worker'), memory('bot', 150), memory('worker', 120)];
  });
}

async function once({ startBare, startBot, startWorker }) {
  const bare = await startBare();
  await bare.stop();
  const bot = await startBot();
  const worker = await startWorker();
  await pause(IDLE_MS);
  const [botMb, workerMb] = [bot, worker].map(residentMb);
  await Promise.all([bot.stop(), worker.stop()]);
  return {
    bareReadyMs: bare.readyAfterMs,
    botReadyMs: bot.readyAfterMs,
    workerReadyMs: worker.readyAfterMs,
    botMb,
    workerMb,
  };
}
