import { type Actor, systemActor } from '../../domain/actor.ts';
import { isRunEvent } from '../../domain/events.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import type { Refused } from '../../domain/refusal.ts';
import { refuse } from '../../domain/refusal.ts';
import type { Decision, NotNow } from '../../domain/run/decide.ts';
import type { RunEvent, RunEventBody, RunEventType } from '../../domain/run/events.ts';
import { evolveRun, foldRun } from '../../domain/run/evolve.ts';
import type { Run } from '../../domain/run/run.ts';
import type { IndexChange, ServiceLock } from '../ports/event-store.ts';
import { beginStream, changeStream, type StreamKind, type Streams } from './stream.ts';

export type RunChanges = Streams;
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
  return foldRun((await store.read(id)).filter(isRunEvent));
}

/** A run that is known as it once stood, as it stands now: reads only what came since. */
export async function refreshRun({ store }: Pick<RunChanges, 'store'>, known: Run): Promise<Run> {
  return (await store.read(known.id, known.version)).filter(isRunEvent).reduce(evolveRun, known);
}

/**
 * Changes a run, known as it once stood or read anew: decided on its present state. A refusal appends nothing, nor does
 * whatever else a decision may be, which is handed back as it is.
 */
export async function changeRun<Decided extends Decision | NotNow = Decision>(
  deps: RunChanges,
  change: {
    readonly run: string;
    readonly actor: Actor;
    readonly decide: (run: Run, now: string) => Decided;
  },
  known?: Run,
): Promise<Changed | Refused | Exclude<Decided, { readonly kind: 'accepted' }>> {
  const from = known ?? (await loadRun(deps, change.run));
  if (from === undefined) return refuse({ reason: 'unknown-run', run: change.run });
  const { actor, decide } = change;
  const answer = await changeStream(deps, RUNS, { from, actor, decide });
  switch (answer.outcome) {
    case 'changed':
      return { kind: 'accepted', run: answer.state, events: answer.events };
    case 'held':
      return refuseLocked(deps, answer.lock);
    case 'otherwise':
      return answer.decision;
  }
}

/** A new run, which takes its service unless it waits for the next deployment; `at` in ISO. Refused where another holds it. */
export async function beginRun(
  deps: Pick<RunChanges, 'store'>,
  birth: { readonly at: string; readonly actor: Actor; readonly events: readonly RunEventBody[] },
): Promise<Changed | Refused> {
  const begun = await beginStream(deps, RUNS, birth);
  if (begun.outcome === 'held') return refuseLocked(deps, begun.lock);
  return { kind: 'accepted', run: begun.state, events: begun.events };
}

/** Says who is on the service already. */
export async function refuseLocked(deps: Pick<RunChanges, 'store'>, lock: ServiceLock): Promise<Refused> {
  const holder = await loadRun(deps, lock.run);
  const owner = holder?.requestedBy ?? systemActor('unknown');
  return refuse({ reason: 'rollback-in-progress', heldBy: lock.run, since: lock.since, owner });
}

/**
 * A birth lists the run under its service. An ending frees the service and takes the run off the open ones, in the same append. A run that waits for the next
 * deployment holds nothing: it takes the service when it leaves that list.
 */
function indexChanges(run: Run | undefined, events: readonly RunEventBody[]): readonly IndexChange[] {
  const plan = run?.plan ?? birthPlan(events);
  const { service, environment } = plan;
  if (run === undefined)
    return [...claimAtBirth(plan), { kind: 'file', service, environment }, { kind: 'open' }];
  if (events.some((event) => ENDINGS.includes(event.type)))
    return [{ kind: 'release', service, environment }, { kind: 'close' }];
  const held = run.status !== 'deferred';
  const holds = holdsAfter(events) ?? held;
  return held === holds ? [] : [{ kind: holds ? 'claim' : 'release', service, environment }];
}

function birthPlan(events: readonly RunEventBody[]): Plan {
  const requested = events.find((event) => event.type === 'rollback.requested');
  if (requested === undefined) throw new Error('a run begins with rollback.requested');
  return requested.payload.plan;
}

const claimAtBirth = ({ service, environment, approval }: Plan): readonly IndexChange[] =>
  approval.nextDeployment ? [] : [{ kind: 'claim', service, environment }];

function holdsAfter(events: readonly RunEventBody[]): boolean | undefined {
  const types = events.map(({ type }) => type);
  if (types.includes('run.deferred')) return false;
  return types.includes('plan.replaced') || types.includes('run.queued') ? true : undefined;
}

const RUNS: StreamKind<'run', Run> = { aggregate: 'run', evolve: evolveRun, index: indexChanges };
