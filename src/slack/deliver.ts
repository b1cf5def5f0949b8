import { ConfigurationBroken } from '../domain/problem/configuration-broken.ts';
import { SlackUnavailable } from '../engine/ports/slack-unavailable.ts';
import type { DeliveryResult } from '../engine/reactions/delivery-result.ts';
import { doWork, type WorkOf } from '../engine/reactions/jobs.ts';
import { snapshotCatalog } from '../engine/snapshot-catalog.ts';
import { createCardPace } from './delivery/card-pace.ts';
import type { Delivering } from './delivery/delivering.ts';
import { incidentDelivery } from './incident/deliver.ts';
import { runDelivery } from './run/deliver.ts';
import { tellingDirectly } from './run/tell-directly.ts';

/** Whoever edits walkback.yml may save it broken for a while. */
const BROKEN_CONFIGURATION_MS = 5_000;

/** Puts follow-on work before people in Slack, from the state as it is now. Doing it twice shows it once. */
export function createFollowOnDelivery(
  deps: Delivering,
): (work: WorkOf<'delivery'>) => Promise<DeliveryResult> {
  const pace = createCardPace(deps.clock);
  return async (work) => {
    // Channels, titles and people of one message come from the same file.
    const of = { ...deps, catalog: snapshotCatalog(deps.catalog) };
    const deliverers = { ...runDelivery(of, pace), ...tellingDirectly(of), ...incidentDelivery(of, pace) };
    try {
      return await doWork<'delivery', DeliveryResult>(deliverers, work);
    } catch (error) {
      if (error instanceof SlackUnavailable)
        return { kind: 'unavailable', inMs: error.retryAfterMs, why: error.message };
      if (error instanceof ConfigurationBroken)
        return { kind: 'unavailable', inMs: BROKEN_CONFIGURATION_MS, why: error.message };
      throw error;
    }
  };
}
