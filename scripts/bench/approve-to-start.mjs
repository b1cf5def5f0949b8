import { setTimeout as pause } from 'node:timers/promises';
import { judge } from './parts/judge.mjs';
import { openRuns } from './parts/runs.mjs';
import { APPROVER, CHANNEL, TEAM } from './parts/settings.mjs';
import { sendSigned } from './parts/signed-request.mjs';
import { percentile } from './parts/statistics.mjs';
import { withSetup } from './parts/with-setup.mjs';

const RUNS = 100;
/** Until Slack has been told of the request, and of the end of the run before. */
const SETTLE_MS = 150;

/**
 * From the press of Approve to the first step's start standing in the journal: signed request, bot, queue, worker,
 * plan checked again against git. Each run goes back to the release that the one before left.
 */
export function measureApproveToStart() {
  return withSetup(async ({ environment, releases, startBot, startWorker, responseUrl }) => {
    const bot = await startBot();
    await startWorker();
    const runs = await openRuns({ environment });
    try {
      const times = [];
      for (let number = 0; number < RUNS; number += 1) {
        const run = await runs.request({
          target: releases[number % releases.length],
          playbook: 'tree-rollback',
        });
        await pause(SETTLE_MS);
        const started = runs.untilEvent(run.id, 'step.started');
        const pressedAt = performance.now();
        await sendSigned({ port: bot.port, fields: { payload: press(run, responseUrl) } });
        await started;
        times.push(performance.now() - pressedAt);
        await runs.untilEvent(run.id, 'run.succeeded');
      }
      const p99 = percentile(times, 99);
      return [
        judge({
          what: 'Approve pressed to first step started, p99',
          unit: 'ms',
          ours: p99,
          bar: { ours: 100 },
        }),
      ];
    } finally {
      await runs.close();
    }
  });
}

const press = ({ id, digest }, responseUrl) =>
  JSON.stringify({
    type: 'block_actions',
    team: { id: TEAM },
    user: { id: APPROVER, team_id: TEAM },
    channel: { id: CHANNEL },
    trigger_id: `trigger-${id}`,
    response_url: responseUrl,
    actions: [
      {
        type: 'button',
        action_id: 'approve',
        block_id: 'buttons',
        value: JSON.stringify({ run: id, digest }),
      },
    ],
  });
