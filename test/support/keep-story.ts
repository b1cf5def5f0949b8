import type { DomainEventBody } from '../../src/domain/events.ts';
import type { EventStore, IndexChange } from '../../src/engine/ports/event-store.ts';
import type { IncidentBuilder } from './incident-builder.ts';
import type { RunBuilder } from './run-builder.ts';

/** Puts what happened to a built run or incident into a store, at its times; without the first `kept`. Events keep their ids. */
export async function keepStory(
  store: EventStore,
  story: Pick<IncidentBuilder, 'events'> | Pick<RunBuilder, 'events'>,
  kept = 0,
): Promise<void> {
  for (const { stream, version, at, actor, ...body } of story.events().slice(kept)) {
    await store.append({
      stream,
      expectedVersion: version - 1,
      at,
      actor,
      events: [body],
      index: version === 1 ? [...filed(body), { kind: 'open' }] : [],
    });
  }
}

function filed(body: DomainEventBody): readonly IndexChange[] {
  if (body.type !== 'rollback.requested') return [];
  const { service, environment } = body.payload.plan;
  return [{ kind: 'file', service, environment }];
}
