import { expect, it } from 'vitest';
import { isRunEvent, parseEvent } from '../../../../src/domain/events.ts';
import { foldRun } from '../../../../src/domain/run/evolve.ts';
import { doubtsOf, isProven } from '../../../../src/domain/run/proof.ts';

const hash = (digit: string) => digit.repeat(40);
const commit = (digit: string, release: string) => ({
  hash: hash(digit),
  release,
  subject: `Release ${release}`,
  author: 'Ada',
  at: '2026-11-20T10:00:00Z',
});
const step = { title: 'Do it', phase: 'Roll back', repeatable: false };

/** A plan with a step of each kind, as version 0.1.0 stored it: no key more, none less. */
const PLAN = {
  service: 'shop',
  environment: 'production',
  severity: 'P1',
  playbook: { name: 'undo', title: 'Undo', fileDigest: 'f'.repeat(64) },
  parameters: { region: 'eu' },
  target: commit('a', 'v1.3.0'),
  deployed: commit('b', 'v1.4.0'),
  steps: [
    {
      ...{ ...step, id: 'undo', kind: 'git', method: 'tree', paths: [], branch: 'main' },
      ...{ repository: '/srv/shop.git', expectedHead: hash('b'), target: hash('a') },
    },
    {
      ...{ ...step, id: 'deploy', kind: 'run', command: './deploy.sh', directory: null },
      ...{ environment: { A: 'b' }, timeoutMs: 60_000, retries: 0 },
    },
    { ...step, id: 'ask', kind: 'manual', instruction: 'Look', role: 'responder' },
    { ...step, id: 'settle', kind: 'wait', durationMs: 1_000 },
    {
      ...{ ...step, phase: 'Verify', id: 'well', kind: 'http', url: 'https://shop.example.com', status: 200 },
      ...{ body: null, withinMs: 5_000, attempts: 1, everyMs: 1_000, consecutive: 1 },
    },
  ],
  estimateMs: 300_000,
  approval: { roles: ['approver'], count: 1, requesterMayApprove: false },
  blastRadius: {
    ...{ commits: [commit('b', 'v1.4.0')], commitCount: 1, authors: ['Ada'], files: ['a'], fileCount: 1 },
    ...{
      migrations: [],
      lostFixes: [],
      verdict: 'green',
      reasons: ['no migration, no lost fix, few commits'],
    },
  },
};

const DIGEST = 'd'.repeat(64);
const EXPIRES = '2026-11-21T11:00:00.000Z';
const done = (id: string, outcome = 'succeeded') =>
  ['step.finished', { step: id, attempt: 1, outcome, summary: 'done', tail: '', commit: null }] as const;
const begun = (id: string, attempt = 1) => ['step.started', { step: id, attempt, driver: 'one' }] as const;

/** Every type of event that version 0.1.0 could store of one rollback, in an order that it could come to. */
const STORY = [
  [
    'rollback.requested',
    {
      reason: 'checkout fails',
      checklist: ['target-verified'],
      thread: null,
      plan: PLAN,
      digest: DIGEST,
      expiresAt: EXPIRES,
    },
  ],
  ['approval.refused', { press: 'approve', refusal: 'not-permitted' }],
  ['plan.replaced', { because: 'branch-moved', plan: PLAN, digest: DIGEST, expiresAt: EXPIRES }],
  ['approval.granted', { digest: DIGEST, role: 'approver' }],
  ['run.queued', { digest: DIGEST }],
  ['run.started', { driver: 'one' }],
  begun('undo'),
  ['step.finished', { ...done('undo')[1], commit: hash('c') }],
  begun('deploy'),
  ['step.interrupted', { step: 'deploy', attempt: 1 }],
  ['step.decided', { step: 'deploy', decision: 'retry', reason: null }],
  begun('deploy', 2),
  ['step.finished', { ...done('deploy')[1], attempt: 2 }],
  begun('ask'),
  ['step.waiting', { step: 'ask', attempt: 1, until: null }],
  ['step.decided', { step: 'ask', decision: 'done', reason: null }],
  done('ask'),
  begun('settle'),
  ['step.waiting', { step: 'settle', attempt: 1, until: EXPIRES }],
  done('settle'),
  begun('well'),
  done('well'),
  ['run.succeeded', {}],
] as const;

const stored = (story: readonly (readonly [string, unknown])[]) =>
  story.map(([type, payload], index) => ({
    ...{ id: `RUN-1-${index + 1}`, stream: 'RUN-1', version: index + 1, at: '2026-11-21T10:00:00.000Z' },
    ...{ actor: { kind: 'user', id: 'U1' }, type, payload },
  }));

it('what version 0.1.0 stored of a rollback is read as it was', () => {
  const run = foldRun(stored(STORY).map(parseEvent).filter(isRunEvent));
  expect(run).toMatchObject({ id: 'RUN-1', status: 'succeeded', reason: 'checkout fails' });
  expect(run?.steps.map(({ status }) => status)).toEqual(Array(5).fill('succeeded'));
  expect(run && [isProven(run), doubtsOf(run)]).toEqual([true, []]);
});

it.each([
  ['approval.denied', { digest: DIGEST, reason: 'no' }, 'denied'],
  ['approval.expired', { digest: DIGEST }, 'expired'],
  ['cancel.requested', { reason: null }, 'awaiting_approval'],
  ['run.cancelled', { why: 'asked' }, 'cancelled'],
] as const)('and so is one that ended with %s', (type, payload, status) => {
  const ended = [...STORY.slice(0, 1), [type, payload] as const];
  expect(foldRun(stored(ended).map(parseEvent).filter(isRunEvent))?.status).toBe(status);
});

it('what a newer version stored is refused rather than guessed', () => {
  const [event] = stored([['run.succeeded', { provenBy: 'somebody' }]]);
  expect(() => parseEvent(event)).toThrow('provenBy');
  expect(() => parseEvent(stored([['run.rewound', {}]])[0])).toThrow();
});
