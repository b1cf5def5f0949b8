import { setTimeout as pause } from 'node:timers/promises';
import { declareIncident } from '../../dist/engine/incident/declare.js';
import { judge } from './parts/judge.mjs';
import { residentMb } from './parts/resident-mb.mjs';
import { openRuns } from './parts/runs.mjs';
import { REQUESTER } from './parts/settings.mjs';
import { percentile } from './parts/statistics.mjs';
import { withSetup } from './parts/with-setup.mjs';
import { TIMERS_S } from './parts/workspace.mjs';

const INCIDENTS = 1_000;
/** Declarations are spread over this long, and so are their timers. */
const SPREAD_MS = 15_000;
const LATE_MS = 3_000;
const person = { id: REQUESTER, roles: ['responder'] };

/**
 * 1,000 open incidents, each with two timers. Between them the bot is killed and another started. How late the
 * timers of each half are, how much memory the bot holds with all of them open, and whether any was lost or fired twice.
 */
export function measureIncidentTimers() {
  return withSetup(async ({ environment, startBot }) => {
    const { foundation, close } = await openRuns({ environment });
    try {
      const first = await startBot();
      const incidents = await declareAll(foundation);
      const lastDeclared = Date.now();
      await pause(TIMERS_S[0] * 1_000 + LATE_MS);
      const memoryMb = residentMb(first);
      process.kill(first.pid, 'SIGKILL');
      await startBot();
      await pause(Math.max(0, lastDeclared + TIMERS_S[1] * 1_000 + LATE_MS - Date.now()));
      const fired = [];
      for (const id of incidents) fired.push(await firedTimers(foundation, id));
      const late = fired.flat().map(({ lateMs }) => lateMs);
      const wrong = fired.filter((timers) => timers.length !== TIMERS_S.length).length;
      return [
        judge({
          what: `timer of one of ${INCIDENTS} incidents, p99 late`,
          unit: 'ms',
          ours: percentile(late, 99),
          bar: { ours: 1_000 },
        }),
        judge({
          what: `bot, ${INCIDENTS} incidents open, resident`,
          unit: 'MB',
          ours: memoryMb,
          bar: { ours: 150 },
        }),
        judge({
          what: 'incidents with a timer lost or fired twice over a kill',
          unit: 'of them',
          ours: wrong,
          bar: { ours: 0 },
        }),
      ];
    } finally {
      await close();
    }
  });
}

async function declareAll(foundation) {
  const incidents = [];
  const startedAt = Date.now();
  for (let number = 0; number < INCIDENTS; number += 1) {
    const due = startedAt + (number * SPREAD_MS) / INCIDENTS;
    if (due > Date.now()) await pause(due - Date.now());
    const answer = await declareIncident(foundation, {
      person,
      title: `Incident ${number}`,
      severity: 'P3',
      services: [],
      impact: 'Nothing works',
      usersAffected: null,
      startedAt: new Date(due).toISOString(),
      commander: null,
      source: null,
    });
    if (answer.kind === 'refused') throw new Error(`refused: ${JSON.stringify(answer.refusal)}`);
    incidents.push(answer.incident.id);
  }
  return incidents;
}

/** What fired of an incident's ladder, and how much later than it should have. */
async function firedTimers({ store }, id) {
  const events = await store.read(id);
  const { ladder } = events[0].payload.schedule;
  return events
    .filter(({ type }) => type === 'escalation.reached')
    .map(({ at, payload }) => ({
      role: payload.role,
      lateMs: Date.parse(at) - Date.parse(ladder.find(({ role }) => role === payload.role).at),
    }));
}
