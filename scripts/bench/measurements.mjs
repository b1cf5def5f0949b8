import { measureAck } from './ack.mjs';
import { measureApproveToStart } from './approve-to-start.mjs';
import { measureGitRollback } from './git-rollback.mjs';
import { measureIdleAndStart } from './idle-and-start.mjs';
import { measureIncidentTimers } from './incident-timers.mjs';
import { judge } from './parts/judge.mjs';
import { median } from './parts/statistics.mjs';
import { measureStepOverhead } from './step-overhead.mjs';

/** Everything that is measured, by the name that `--only` takes. Each resolves to lines of the result. */
export const measurements = {
  ack: measureAck,
  'approve-to-start': measureApproveToStart,
  'step-overhead': measureStepOverhead,
  'git-rollback': async () => [judgeGitRollback(await measureGitRollback())],
  'idle-and-start': measureIdleAndStart,
  'incident-timers': measureIncidentTimers,
};

const judgeGitRollback = ({ ours, theirs }) =>
  judge({
    what: 'git rollback, 50,000 files, 5,000 commits',
    unit: 'ms',
    ours: median(ours),
    against: 'checkout, commit, push',
    theirs: median(theirs),
    bar: { ratio: 0.25 },
  });
