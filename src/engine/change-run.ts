import type { Actor } from '../domain/actor.ts';
import type { Decision } from '../domain/decide-run.ts';
import { evolveRun, foldRun } from '../domain/evolve-run.ts';
import type { Refused } from '../domain/refusal.ts';
import { refuse } from '../domain/refusal.ts';
import type { Run } from '../domain/run.ts';
import type { RunEvent, RunEventBody, RunEventType } from '../domain/run-events.ts';
import { type Clock, toIso } from './ports/clock.ts';
import type { EventStore, IndexChange } from './ports/event-store.ts';

export type RunChanges = { readonly store: EventStore; readonly clock: Clock };
export type Changed = { readonly kind: 'accepted'; readonly run: Run; readonly events: readonly RunEvent[] };

const ENDINGS: readonly RunEventType[] = [
  'approval.denied',
  'approval.expired',
  'run.succeeded',
  'run.failed',
  'run.cancelled',
];

/** A run as it stands, or undefined when there is none of that id. */
export async function loadRun({ store }: Pick<RunChanges, 'store'>, id: string): Promise<Run | undefined> {
  return foldRun(await store.read(id));
}

/** A run that is known as it once stood, as it stands now: reads only what came since. */
export async function refreshRun({ store }: Pick<RunChanges, 'store'>, known: Run): Promise<Run> {
  return (await store.read(known.id, known.version)).reduce(evolveRun, known);
}

/**
 * The one way to change a run: decide on its state, append, and where somebody else was first decide again on
 * fresh state. A refusal appends nothing.
 */
export async function changeRun(
  { store, clock }: RunChanges,
  change: { readonly run: string; readonly actor: Actor; readonly decide: (run: Run) => Decision },
  known?: Run,
): Promise<Changed | Refused> {
  let run = known ?? (await loadRun({ store }, change.run));
  for (;;) {
    if (run === undefined) return refuse({ reason: 'unknown-run', run: change.run });
    const decision = change.decide(run);
    if (decision.kind === 'refused') return decision;
    const result = await store.append({
      stream: run.id,
      expectedVersion: run.version,
      at: toIso(clock.now()),
      actor: change.actor,
      events: decision.events,
      index: indexChanges(run, decision.events),
    });
    if (result.kind === 'appended') {
      return { kind: 'accepted', run: result.events.reduce(evolveRun, run), events: result.events };
    }
    run = await refreshRun({ store }, run);
  }
}

/** An ending frees the service and takes the run off the open ones, in the same append. */
function indexChanges(run: Run, events: readonly RunEventBody[]): readonly IndexChange[] {
  if (!events.some((event) => ENDINGS.includes(event.type))) return [];
  return [
    { kind: 'release', service: run.plan.service, environment: run.plan.environment },
    { kind: 'close' },
  ];
}
