import { type Incident, runsOf } from '../../domain/incident/incident.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { refusalInBrief, refusalPhrase } from '../../domain/refusal-phrase.ts';
import { hindranceOf } from '../../domain/run/hindrance.ts';
import { type Requesting, requestRun } from '../run/request.ts';
import { incidentOf } from '../streams/incident-of.ts';
import { loadRun } from '../streams/runs.ts';
import { compareDeployed } from './look-at-deployed.ts';

/** `rule` is told beside severity and incident. Not automatic: a person has pressed Roll back, for what is there now. */
type Order = {
  readonly service: string;
  readonly automatic: boolean;
  readonly rule: string;
  /** Whose press it follows: a user's id. */
  readonly pressedBy?: string | undefined;
};

/** What came of it: its run is there, or needless; or why a person is needed, in words. */
export type StartedByPolicy =
  | { readonly kind: 'done' }
  | { readonly kind: 'person'; readonly why: string }
  /** Git or the files can't be read just now. */
  | { readonly kind: 'hindered'; readonly why: string };

const DONE = { kind: 'done' } as const;
const askPerson = (why: string) => ({ kind: 'person', why }) as const;

/**
 * Asks for the rollback of one of an incident's services in place of a person. The automatic one is bound to what was
 * deployed at the declaration and to where it was announced to go.
 */
export async function startByPolicy(
  deps: Requesting,
  incident: Incident,
  { service, automatic, rule, pressedBy }: Order,
): Promise<StartedByPolicy> {
  const bound = automatic ? await boundTo(deps, incident, service) : await asShown(deps, incident, service);
  if (bound.kind !== 'bound') return bound;
  const { target, head } = bound;
  const answer = await requestRun(deps, {
    service,
    severity: incident.severity,
    ...(target === undefined ? {} : { target }),
    parameters: {},
    reason: `${incident.id}: ${incident.title}`,
    checklist: [],
    thread: null,
    byPolicy: { incident: incident.id, rule, pressedBy, head },
  });
  if (answer.kind === 'requested' || (await isOwnRun(deps, incident, answer.refusal))) return DONE;
  const { refusal } = answer;
  const hindrance = hindranceOf(refusal);
  if (hindrance !== undefined) return hindrance;
  return askPerson(refusal.reason === 'policy-needs-person' ? refusal.why : refusalInBrief(refusal));
}

type Bound = {
  readonly kind: 'bound';
  /** Full hashes; undefined: the release before, whatever is deployed. */
  readonly target: string | undefined;
  readonly head: string | undefined;
};
const ANYTHING: Bound = { kind: 'bound', target: undefined, head: undefined };

/** From which commit to which one the automatic rollback of a service may go; else what comes of it instead. */
async function boundTo(
  deps: Requesting,
  incident: Incident,
  service: string,
): Promise<Bound | StartedByPolicy> {
  if (runsOf(incident, service).at(-1)?.status === 'denied') return askPerson('a person denied its rollback');
  const known = incident.deployed[service];
  if (known === undefined || known.late)
    return askPerson(`what of it was deployed when ${incident.id} began is not known`);
  const found = await compareDeployed(deps, incident, service);
  if (found.kind === 'moved') return DONE;
  if (found.kind === 'unknown') return { kind: 'hindered', why: refusalPhrase('git-trouble') };
  return { kind: 'bound', target: known.target?.hash, head: found.head };
}

/** From which commit to which one the button said that it goes; where git could not say when it was drawn, whatever is deployed. */
async function asShown(
  deps: Requesting,
  incident: Incident,
  service: string,
): Promise<Bound | StartedByPolicy> {
  const known = incident.deployed[service];
  if (known === undefined) return ANYTHING;
  if (known.moved !== null) return { kind: 'bound', target: known.moved.target?.hash, head: undefined };
  const found = await compareDeployed(deps, incident, service);
  // Told with the record of it, and with a button that says where it goes from there.
  if (found.kind === 'moved') return DONE;
  if (found.kind === 'unknown') return { kind: 'hindered', why: refusalPhrase('git-trouble') };
  return { kind: 'bound', target: known.target?.hash, head: found.head };
}

/** The service is held by a run of this very incident: what was to be started has been. */
async function isOwnRun(deps: Requesting, incident: Incident, refusal: Refusal): Promise<boolean> {
  if (refusal.reason !== 'rollback-in-progress') return false;
  const holder = await loadRun(deps, refusal.heldBy);
  return holder !== undefined && (await incidentOf(deps, holder))?.id === incident.id;
}
