import { systemActor } from '../../domain/actor.ts';
import { decideAbsorb } from '../../domain/incident/absorb.ts';
import type { IncidentEventPayload } from '../../domain/incident/events.ts';
import { type Incident, isOver, numberOf } from '../../domain/incident/incident.ts';
import { goesOnAs } from '../streams/incident-of.ts';
import { changeIncident, type IncidentChanges, incidentEvents, loadIncident } from '../streams/incidents.ts';

/**
 * Has the incident that another was merged into take over what that was. Where that one was merged as well meanwhile, it
 * is the one that it goes on as. Where nothing is left to go on as, the merge is taken back, so that no problem is lost.
 * Doing it again changes nothing.
 */
export async function absorbMerged(deps: IncidentChanges, id: string): Promise<void> {
  const merged = await loadIncident(deps, id);
  if (merged === undefined || merged.mergedInto === null) return;
  const chain = await goesOnAs(deps, merged);
  if (chain.some(({ absorbed }) => absorbed.includes(id))) return;
  const last = chain.at(-1) ?? merged;
  if (last.mergedInto !== null) {
    // Each was merged into the other at once: the oldest of them goes on, and takes over the rest.
    const oldest = chain.toSorted((a, b) => numberOf(a) - numberOf(b))[0] ?? merged;
    await takeBack(deps, oldest, 'mutual');
    if (oldest.id !== id) await absorbMerged(deps, id);
    return;
  }
  if (isOver(last)) return takeBack(deps, merged, 'over');
  const merge = (await incidentEvents(deps, id)).findLast(({ type }) => type === 'incident.merged');
  const actor = merge?.actor ?? MERGES;
  await changeIncident(deps, {
    incident: last.id,
    actor,
    decide: (state, at) => ({
      kind: 'accepted',
      events: state.absorbed.includes(id) || isOver(state) ? [] : decideAbsorb(state, merged, { at, actor }),
    }),
  });
  const after = await loadIncident(deps, last.id);
  // Over in between: looked at once more.
  if (after !== undefined && !after.absorbed.includes(id)) await absorbMerged(deps, id);
}

const MERGES = systemActor('merge');

async function takeBack(
  deps: IncidentChanges,
  { id, mergedInto }: Incident,
  because: IncidentEventPayload<'incident.unmerged'>['because'],
): Promise<void> {
  await changeIncident(deps, {
    incident: id,
    actor: MERGES,
    decide: (state) => ({
      kind: 'accepted',
      events:
        state.mergedInto === null || state.mergedInto !== mergedInto
          ? []
          : [{ type: 'incident.unmerged', payload: { from: state.mergedInto, because } }],
    }),
  });
}
