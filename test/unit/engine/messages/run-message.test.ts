import { expect, it } from 'vitest';
import type { Run } from '../../../../src/domain/run/run.ts';
import { type PeopleNeeded, runMessage } from '../../../../src/engine/messages/run-message.ts';
import { RunMessage } from '../../../../src/engine/reactions/run-message-data.ts';
import { aPlan, aStep } from '../../../support/plan-builder.ts';
import { APPROVER, aRun, REQUESTER, START } from '../../../support/run-builder.ts';

const nobody = { mayApprove: [], needed: [], raised: [], seniors: [] };
const tell = (run: Run, now = START, people: PeopleNeeded = nobody) =>
  RunMessage.parse(runMessage(run, { serviceTitle: 'Web shop', people }, now));

it('tells a request: who, what, back to where, what is ticked and who may approve', () => {
  expect(tell(aRun().build())).toMatchObject({
    run: 'RUN-31',
    service: 'Web shop',
    requestedBy: REQUESTER,
    target: 'v1.3.0 (7be46e1)',
    targetRelease: 'v1.3.0',
    deployed: 'v1.4.0 (82caa1d)',
    checklist: [
      { title: 'Issue documented', done: true },
      { title: 'Stakeholders told', done: false },
      { title: 'Target verified', done: true },
      { title: 'Current state backed up', done: false },
    ],
    approverRoles: ['approver'],
    approverCount: 1,
    approvers: [],
    startedAt: '',
    durationMs: 0,
    newCommit: '',
  });
});

it('counts time to now while it runs, and to the end afterwards', () => {
  const running = aRun().started().startStep('rollback');
  expect(tell(running.build(), START + 5_000)).toMatchObject({
    durationMs: 5_000,
    step: 'Roll the branch back',
    stepStatus: 'running',
  });
  const over = running
    .after(7_000)
    .finishStep('rollback', { commit: 'c'.repeat(40) })
    .didSteps(['deploy', 'healthy'])
    .succeeded();
  expect(tell(over.build(), START + 999_000)).toMatchObject({
    durationMs: 27_000,
    status: 'succeeded',
    newCommit: 'c'.repeat(40),
    step: '',
    approvers: [{ user: APPROVER, role: 'approver' }],
    actions: [
      {
        title: 'Roll the branch back',
        status: 'succeeded',
        at: '2026-01-05T03:00:00.000Z',
        durationMs: 7_000,
      },
      { title: 'Deploy it', status: 'succeeded', at: '2026-01-05T03:00:07.000Z', durationMs: 10_000 },
    ],
    validations: [{ title: 'The shop answers', ok: true }],
  });
});

it('tells who ended it and why', () => {
  expect(tell(aRun().deniedBy(APPROVER, 'not now').build())).toMatchObject({
    status: 'denied',
    endedBy: APPROVER,
    ending: 'not now',
  });
  const cancelled = aRun().cancelRequestedBy(REQUESTER, 'false alarm').cancelled('false alarm');
  expect(tell(cancelled.build())).toMatchObject({
    status: 'cancelled',
    endedBy: REQUESTER,
    ending: 'false alarm',
  });
  const unlocked = aRun().cancelRequestedBy(APPROVER, 'its worker is gone').cancelled('lock broken');
  expect(tell(unlocked.build())).toMatchObject({ endedBy: APPROVER, ending: 'its worker is gone' });
  expect(tell(aRun().expired().build())).toMatchObject({ status: 'expired', endedBy: '', ending: '' });
});

it('tells what a person is asked to do at a manual step', () => {
  const plan = aPlan({ steps: [aStep.manual(), aStep.http()] });
  expect(tell(aRun({ plan }).started().startStep('look').waitAt('look').build())).toMatchObject({
    step: 'Look at the dashboard',
    stepStatus: 'waiting',
    stepRole: 'responder',
    instruction: 'Open the dashboard. Are errors below 1 %?',
  });
});

it('lists ten of many migrations and says how many there are', () => {
  const migrations = Array.from({ length: 12 }, (_, index) => `db/migrations/${index}.sql`);
  const base = aPlan();
  const plan = aPlan({ blastRadius: { ...base.blastRadius, migrations } });
  const message = tell(aRun({ plan }).build());
  expect([message.migrations.length, message.migrationCount]).toEqual([10, 12]);
});

it('names six of those who are needed and counts the others', () => {
  const people = {
    ...nobody,
    mayApprove: ['U1'],
    needed: Array.from({ length: 9 }, (_, index) => `U${index}`),
  };
  expect(tell(aRun().build(), START, people)).toMatchObject({
    mayApprove: ['U1'],
    mayApproveMore: 0,
    needed: ['U0', 'U1', 'U2', 'U3', 'U4', 'U5'],
    neededMore: 3,
  });
});
