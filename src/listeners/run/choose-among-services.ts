import { setTimeout as wait } from 'node:timers/promises';
import type { Team } from '../../domain/team/team.ts';
import { readServiceState } from '../../engine/plan/service-state.ts';
import { callSlack } from '../../slack/connection/slack-failure.ts';
import type { Origin } from '../../slack/run/forms/origin.ts';
import { type OfferedService, serviceView } from '../../slack/run/forms/service.ts';
import type { Attending } from '../door/listening.ts';
import { openModal } from '../door/open-modal.ts';
import { locksOf } from './locks-of.ts';

/** Of so many services it is looked up what is deployed, for so long: people have chosen by then. */
const LOOKED_UP = 10;
const PATIENCE_MS = 3_000;

/**
 * Opens the choice of a service at once, with who is on which; what is deployed follows as far as git tells in time.
 * Whoever has gone on to the form meanwhile is left alone.
 */
export async function chooseAmongServices(
  listening: Attending,
  request: {
    readonly team: Team;
    readonly names: readonly string[];
    readonly origin: Origin;
    readonly triggerId: string;
  },
): Promise<void> {
  const { team, names, origin, triggerId } = request;
  const services = await Promise.all(names.map((name) => offered(listening, team, name)));
  const modal = await openModal(listening, { triggerId, view: serviceView({ services, origin }) });
  const { id, hash } = modal ?? {};
  if (id === undefined || hash === undefined || services.length === 0) return;
  const [asked, rest] = [services.slice(0, LOOKED_UP), services.slice(LOOKED_UP)];
  const known = await Promise.all(asked.map((service) => withDeployed(listening, service)));
  const view = serviceView({ services: [...known, ...rest], origin });
  // With the hash of what was shown: refused where that is there no more.
  await callSlack(() => listening.viewClient.views.update({ view_id: id, hash, view }));
}

async function offered(listening: Attending, { services }: Team, name: string): Promise<OfferedService> {
  const { title = name, environments = {} } = services[name] ?? {};
  const locks = await locksOf(listening, { service: name, environments: Object.keys(environments) });
  return { name, title, locks, hasEnvironments: Object.keys(environments).length > 1 };
}

async function withDeployed(listening: Attending, service: OfferedService): Promise<OfferedService> {
  const asking = readServiceState(listening, { service: service.name }).catch((error: unknown) => {
    listening.log.warn({ error, service: service.name }, 'what is deployed could not be looked up');
    return undefined;
  });
  const state = await Promise.race([asking, wait(PATIENCE_MS, undefined)]);
  return state?.kind === 'state' && state.unknown === undefined
    ? { ...service, deployed: state.deployed }
    : service;
}
