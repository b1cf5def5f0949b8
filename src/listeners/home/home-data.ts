import { isOver } from '../../domain/incident/incident.ts';
import { decideApprove } from '../../domain/run/decide-approval.ts';
import { hasEnded, hasStarted, type Run } from '../../domain/run/run.ts';
import { Severity } from '../../domain/severity.ts';
import { toIso } from '../../engine/ports/clock.ts';
import { openIncidents } from '../../engine/streams/open-incidents.ts';
import { loadRun } from '../../engine/streams/runs.ts';
import { permalinkOf } from '../../slack/connection/read-message.ts';
import { rightsOf } from '../../slack/home/rights-text.ts';
import { HOME_ROOM, type Home, type Linked } from '../../slack/home/view.ts';
import { incidentCardKey } from '../../slack/incident/thread.ts';
import { runCardKey } from '../../slack/run/card-key.ts';
import type { Answering } from '../door/inbound.ts';
import type { Listening } from '../door/listening.ts';

const RUNS_LOOKED_AT = 200;

/** Everything that App Home shows to a person: the most severe incidents first, the oldest rollbacks first. */
export async function homeData(
  listening: Listening,
  { person, team }: Pick<Answering, 'person' | 'team'>,
): Promise<Home> {
  const now = listening.clock.now();
  const runs = await openRuns(listening);
  const approvals = runs.filter((run) => {
    return decideApprove(run, { person, digest: run.digest, now: toIso(now) }).kind === 'accepted';
  });
  const running = runs.filter((run) => hasStarted(run) && !hasEnded(run));
  const incidents = (await openIncidents(listening))
    .filter((incident) => !isOver(incident))
    .toSorted((a, b) => Severity.options.indexOf(a.severity) - Severity.options.indexOf(b.severity));
  const link = linking(listening);
  return {
    approvals: await link(approvals, (run) => runCardKey(run, 'approval')),
    incidents: await link(incidents, ({ id }) => incidentCardKey(id)),
    running: await link(running, (run) => runCardKey(run, 'run')),
    rights: rightsOf(person, team),
    now,
  };
}

async function openRuns({ store }: Pick<Listening, 'store'>): Promise<readonly Run[]> {
  const ids = (await store.open('run')).slice(-RUNS_LOOKED_AT);
  const runs = await Promise.all(ids.map((id) => loadRun({ store }, id)));
  return runs.filter((run) => run !== undefined);
}

/** Links to cards, for as many as are shown. */
const linking =
  ({ client, messages }: Pick<Listening, 'client' | 'messages'>) =>
  <Shown>(all: readonly Shown[], keyOf: (shown: Shown) => string): Promise<readonly Linked<Shown>[]> =>
    Promise.all(
      all.map(async (shown, index) => {
        const card = index < HOME_ROOM ? await messages.get(keyOf(shown)) : undefined;
        return { shown, link: card === undefined ? '' : await permalinkOf(client, card) };
      }),
    );
