import type { Severity } from '../../../src/domain/severity.ts';
import { declareIncident } from '../../../src/engine/incident/declare.ts';
import { requestRollback } from '../../../src/engine/policy/request-rollback.ts';
import { loadRun } from '../../../src/engine/streams/runs.ts';
import { aCommand, aDriveWorld, admin, type DriveWorld, responder } from '../drive-world.ts';

/** A world of one command, with a rollback that nobody has asked for yet. */
export const aWorld = () => aDriveWorld({ steps: [aCommand('deploy', 'echo deployed >> done')] });
/** How long an approval is waited for. */
export const WAIT_MS = 30 * 60_000;

/** A request of a rollback, without who asks. */
export const base = (severity: string) => ({
  service: 'shop',
  severity,
  target: 'v1.0.0',
  parameters: {},
  reason: 'checkout fails',
  checklist: [],
  thread: null,
});

/** A responder asks for a rollback. */
export const ask = (world: DriveWorld, severity: string, incident: string | null = null) =>
  requestRollback(world.driving, { ...base(severity), person: responder, incident });

/** A responder declares an incident of the shop; its id. */
export const declare = async (world: DriveWorld, severity: Severity): Promise<string> => {
  const answer = await declareIncident(world.driving, {
    person: responder,
    title: 'Checkout fails',
    severity,
    services: ['shop'],
    impact: 'Nobody can pay',
    usersAffected: null,
    startedAt: new Date(world.time.now).toISOString(),
    commander: null,
    source: null,
    distinctFrom: [...(await world.driving.store.open('incident'))],
  });
  if (answer.kind !== 'declared') throw new Error(reasonOf(answer));
  return answer.incident.id;
};

/** What a press of a button on the card of the plan in force says, by an admin unless told otherwise. */
export const press = async (world: DriveWorld, person = admin, run = 'RUN-1') => ({
  run,
  person,
  digest: (await loadRun(world.driving, run))?.digest ?? '',
  reason: 'nobody answers and the shop is down',
});

export const lock = (world: DriveWorld) => world.driving.store.lockOf('shop', 'production');

/** Types of a run's events. */
export const journalOf = async (world: DriveWorld, run: string) =>
  (await world.driving.store.read(run)).map(({ type }) => type);

/** Why an answer is a refusal, or else what kind it is. */
export const reasonOf = (answer: { kind: string; refusal?: { reason: string } }) =>
  answer.refusal?.reason ?? answer.kind;
