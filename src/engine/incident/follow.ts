import { systemActor } from '../../domain/actor.ts';
import { decideDue, nextDue } from '../../domain/incident/timers.ts';
import { type FollowingRuns, restateRuns, tellIncident } from '../policy/follow-runs.ts';
import { adoptRuns } from '../policy/join-incident.ts';
import { lookAndTell } from '../policy/look-and-tell.ts';
import { type Triggering, triggerRollback } from '../policy/trigger-rollback.ts';
import type { Catalog } from '../ports/catalog.ts';
import type { EventStore } from '../ports/event-store.ts';
import type { FollowOnQueue } from '../ports/follow-on-queue.ts';
import { doWork, type WorkOf } from '../reactions/jobs.ts';
import { snapshotCatalog } from '../snapshot-catalog.ts';
import { changeIncident, loadIncident } from '../streams/incidents.ts';
import { absorbMerged } from './absorb.ts';
import { type KeepingChannels, keepChannel } from './keep-channel.ts';

export type FollowingIncidents = Triggering &
  FollowingRuns &
  KeepingChannels & {
    /** The files as they could last be read, for what only tells. */
    readonly telling: Catalog;
  };

/** What follows for an incident besides messages: timers, triggered rollbacks, news of its runs, a channel of its own. */
export function followIncident(from: FollowingIncidents, work: WorkOf<'incident'>): Promise<void> {
  const deps = { ...from, catalog: snapshotCatalog(from.catalog) };
  return doWork<'incident', void>(
    {
      'incident-due': (due) => lookAtTimers(deps, due),
      'trigger-rollback': ({ incident }) => triggerRollback(deps, incident),
      'look-at-deployed': (look) => lookAndTell(deps, look),
      'adopt-runs': ({ incident }) => adoptRuns(deps, incident),
      'tell-incident': ({ run }) => tellIncident(deps, run),
      'restate-runs': ({ incident }) => restateRuns(deps, incident),
      'absorb-incident': ({ incident }) => absorbMerged(deps, incident),
      'missing-channel': ({ incident }) => askForMissingChannel(deps, incident),
      // It tells people, so a file that is broken just now must not keep them out.
      channel: (work) => keepChannel({ ...from, catalog: snapshotCatalog(from.telling) }, work),
    },
    work,
  );
}

/** On start: the timers, cards and channels of every open incident are looked at, should any have been lost. */
export async function resumeOpenIncidents(
  {
    store,
    queue,
  }: {
    readonly store: EventStore;
    readonly queue: FollowOnQueue;
  },
  start: string,
): Promise<void> {
  for (const incident of await store.open('incident')) {
    await queue.add({ kind: 'incident-due', incident, at: null }, `${incident}-${start}`);
    await queue.add({ kind: 'incident-card', incident }, `${incident}-${start}`);
    await queue.add({ kind: 'stakeholder-post', incident }, `${incident}-${start}`);
    await queue.add(
      { kind: 'look-at-deployed', incident, warn: null, tries: 0, at: null },
      `${incident}-${start}`,
    );
    // Looked at by a job of its own: one incident that can't be read must not keep the bot from starting.
    await queue.add({ kind: 'missing-channel', incident }, `${incident}-${start}`);
  }
}

/**
 * Does what is due, thing by thing, and sets the timer for what comes next. A timer that goes off is due, whatever the
 * clock of this machine says: set again for the same time it would be taken for the one that is just being handled.
 */
async function lookAtTimers(
  deps: FollowingIncidents,
  { incident: id, at: setFor }: { readonly incident: string; readonly at: string | null },
): Promise<void> {
  for (;;) {
    const answer = await changeIncident(deps, {
      incident: id,
      actor: systemActor('incident-timer'),
      decide: (state, now) => ({
        kind: 'accepted',
        events: decideDue(state, setFor === null || setFor < now ? now : setFor),
      }),
    });
    if (answer.kind === 'refused') return;
    if (answer.events.length > 0) continue;
    const at = nextDue(answer.incident);
    if (at !== undefined) await deps.queue.add({ kind: 'incident-due', incident: id, at }, id);
    return;
  }
}

async function askForMissingChannel({ store, queue }: FollowingIncidents, id: string): Promise<void> {
  const incident = await loadIncident({ store }, id);
  if (incident?.ownChannel && incident.channel === null)
    await queue.add({ kind: 'channel', incident: id, role: null, tries: 0, at: null }, id);
}
