import { actOnIncident } from '../../../src/engine/incident/act.ts';
import { declareIncident } from '../../../src/engine/incident/declare.ts';
import { requestRollback } from '../../../src/engine/policy/request-rollback.ts';
import { approveRun } from '../../../src/engine/run/answer-approval.ts';
import { loadRun } from '../../../src/engine/streams/runs.ts';
import { aToldWorld, START, type ToldWorld } from './told-world.ts';

/** A story about one incident, told up to its end. */
export type Story = {
  readonly title: string;
  /** So many messages may be said in channels and threads. */
  readonly atMost: number;
  readonly told: () => Promise<ToldWorld>;
};

const DECLARED = {
  title: 'Checkout fails',
  services: ['shop'],
  impact: 'Nobody can pay',
  usersAffected: 60,
  commander: null,
  source: null,
  distinctFrom: [],
};

const declare = (world: ToldWorld, severity: 'P0' | 'P1' | 'P2' | 'P3') =>
  declareIncident(world.deps, {
    ...DECLARED,
    severity,
    startedAt: new Date(START - 5 * 60_000).toISOString(),
    person: world.person('U0RESPONDER'),
  });

/** Each is a P0 with one rollback, or with one that a person must start. */
export const stories: readonly Story[] = [
  {
    title: 'P0, left alone: the automatic rollback heals it',
    atMost: 14,
    told: async () => {
      const world = await aToldWorld();
      await declare(world, 'P0');
      await world.until(95);
      return world;
    },
  },
  {
    title: 'P0, left alone for its whole ladder: the automatic rollback would undo a migration',
    atMost: 14,
    told: async () => {
      const world = await aToldWorld({ files: { 'migrations/7.sql': 'drop table carts;\n' } });
      await declare(world, 'P0');
      await world.until(95);
      return world;
    },
  },
  {
    title: 'P0, taken care of: acknowledged, rolled back by a person, resolved',
    atMost: 14,
    told: takenCareOf,
  },
  {
    title: 'P3, left alone for a day',
    atMost: 2,
    told: async () => {
      const world = await aToldWorld();
      await declare(world, 'P3');
      await world.until(25 * 60);
      return world;
    },
  },
];

async function takenCareOf(): Promise<ToldWorld> {
  const world = await aToldWorld();
  const { deps } = world;
  const act = (id: string, command: Parameters<typeof actOnIncident>[1]['command']) =>
    actOnIncident(deps, { incident: 'INC-1', person: world.person(id), command });
  const responder = world.person('U0RESPONDER');
  await declare(world, 'P0');
  await world.until(2);
  await act('U0ONCALL', { press: 'acknowledge' });
  await act('U0ONCALL', { press: 'take-role', role: 'commander', user: 'U0ONCALL' });
  await act('U0ONCALL', { press: 'take-role', role: 'communications', user: 'U0RESPONDER' });
  await world.until(6);
  const found = 'Payments fail since v1.2.0 went out';
  await act('U0ONCALL', {
    press: 'update',
    status: 'identified',
    done: found,
    next: 'Roll it back',
    eta: '',
  });
  await world.until(7);
  await requestRollback(deps, {
    ...{ service: 'shop', severity: 'P0', target: 'v1.1.0', parameters: {}, incident: 'INC-1' },
    ...{ person: responder, reason: found, checklist: [], thread: null },
  });
  await world.until(9);
  const run = await loadRun(deps, 'RUN-1');
  await approveRun(deps, { run: 'RUN-1', digest: run?.digest ?? '', person: world.person('U0APPROVER') });
  await world.until(13);
  const done = 'Back on v1.1.0';
  await act('U0RESPONDER', { press: 'update', status: 'monitoring', done, next: 'Watch it', eta: '' });
  await world.until(40);
  await act('U0ONCALL', { press: 'resolve', summary: 'Rolled back; the fix comes with v1.2.1' });
  await world.until(45);
  return world;
}
