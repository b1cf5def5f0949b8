import { execFileSync } from 'node:child_process';
import { approveRun } from '../../dist/engine/run/answer-approval.js';
import { judge } from './parts/judge.mjs';
import { openRuns } from './parts/runs.mjs';
import { APPROVER } from './parts/settings.mjs';
import { median } from './parts/statistics.mjs';
import { withSetup } from './parts/with-setup.mjs';
import { NO_OP_STEPS } from './parts/workspace.mjs';

const ROUNDS = 5;
const SCRIPT = "sh -c 'true'\n".repeat(NO_OP_STEPS);
const approver = { id: APPROVER, roles: ['approver'] };

/** What a step costs beside its command: a run of no-op steps against a bash script with the same commands. */
export function measureStepOverhead() {
  return withSetup(async ({ environment, releases, startBot, startWorker }) => {
    await startBot();
    await startWorker();
    const runs = await openRuns({ environment });
    try {
      const ours = [];
      const theirs = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        ours.push((await timeRun(runs, releases[0])) / NO_OP_STEPS);
        theirs.push(timeScript() / NO_OP_STEPS);
      }
      return [
        judge({
          what: `a step that does nothing, one of ${NO_OP_STEPS}`,
          unit: 'ms',
          ours: median(ours),
          against: 'bash script',
          theirs: median(theirs),
          bar: { difference: 10 },
        }),
      ];
    } finally {
      await runs.close();
    }
  });
}

/** From the first step's start to the end of the run, in ms. */
async function timeRun({ foundation, request, untilEvent }, target) {
  const { id, digest } = await request({ target, playbook: 'no-op-steps' });
  await approveRun(foundation, { run: id, digest, person: approver });
  const events = await untilEvent(id, 'run.succeeded');
  const timeOf = (type) => Date.parse(events.find((event) => event.type === type).at);
  return timeOf('run.succeeded') - timeOf('step.started');
}

function timeScript() {
  const startedAt = performance.now();
  execFileSync('bash', { input: SCRIPT });
  return performance.now() - startedAt;
}
