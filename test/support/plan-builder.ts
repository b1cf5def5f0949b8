import { createHash } from 'node:crypto';
import { assessBlastRadius, type BlastRadius } from '../../src/domain/git/blast-radius.ts';
import type { Commit, RangeFacts } from '../../src/domain/git/git-facts.ts';
import type { Plan } from '../../src/domain/plan/plan.ts';
import type { PlanStep } from '../../src/domain/steps/kinds.ts';
import { VERIFY_PHASE } from '../../src/domain/steps/step.ts';

/** A full commit hash that depends on the name alone, so tests can say `hashOf('good')`. */
export const hashOf = (name: string): string => createHash('sha1').update(name).digest('hex');

export const aCommit = (overrides: Partial<Commit> = {}): Commit => ({
  hash: hashOf('v1.3.0'),
  release: 'v1.3.0',
  subject: 'Show the basket on every page',
  author: 'Ada Lovelace',
  at: '2026-01-04T10:00:00Z',
  ...overrides,
});

export const badRelease: Commit = aCommit({
  hash: hashOf('v1.4.0'),
  release: 'v1.4.0',
  subject: 'Cache prices',
});

const common = (id: string) => ({ id, title: `Step ${id}`, phase: 'Roll back', repeatable: false });

/** Steps of each kind, with sensible contents; name what the test is about. */
export const aStep = {
  git: (overrides: Partial<PlanStep<'git'>> = {}): PlanStep => ({
    ...common('rollback'),
    title: 'Roll the branch back',
    kind: 'git',
    method: 'tree',
    paths: [],
    branch: 'main',
    repository: 'https://git.example.com/web-shop.git',
    expectedHead: badRelease.hash,
    target: aCommit().hash,
    ...overrides,
  }),
  run: (overrides: Partial<PlanStep<'run'>> = {}): PlanStep => ({
    ...common('deploy'),
    title: 'Deploy it',
    kind: 'run',
    command: './deploy.sh --quick',
    shell: 'strict',
    directory: '/srv/web-shop',
    environment: { REGION: 'eu-1' },
    timeoutMs: 120_000,
    retries: 0,
    ...overrides,
  }),
  http: (overrides: Partial<PlanStep<'http'>> = {}): PlanStep => ({
    ...common('healthy'),
    title: 'The shop answers',
    phase: VERIFY_PHASE,
    kind: 'http',
    url: 'https://shop.example.com/health',
    status: 200,
    body: 'ok',
    withinMs: 2_000,
    attempts: 30,
    everyMs: 1_000,
    consecutive: 5,
    ...overrides,
  }),
  manual: (overrides: Partial<PlanStep<'manual'>> = {}): PlanStep => ({
    ...common('look'),
    title: 'Look at the dashboard',
    kind: 'manual',
    instruction: 'Open the dashboard. Are errors below 1 %?',
    role: 'responder',
    ...overrides,
  }),
  wait: (overrides: Partial<PlanStep<'wait'>> = {}): PlanStep => ({
    ...common('settle'),
    title: 'Let it settle',
    kind: 'wait',
    durationMs: 60_000,
    ...overrides,
  }),
};

/** One commit that changes one file, of a service of which it is known what its migrations look like. */
export const aRange = (overrides: Partial<RangeFacts> = {}): RangeFacts => ({
  commits: [badRelease],
  commitCount: overrides.commits?.length ?? 1,
  unread: 0,
  returning: 0,
  files: ['src/prices.ts'],
  fileCount: overrides.files?.length ?? 1,
  migrations: [],
  migrationsKnown: 'known',
  ...overrides,
});

export const aBlastRadius = (overrides: Partial<BlastRadius> = {}): BlastRadius => ({
  ...assessBlastRadius(aRange()),
  ...overrides,
});

type PlanParts = Omit<Partial<Plan>, 'approval'> & { readonly approval?: Partial<Plan['approval']> };

/** A P1 rollback of web-shop in production from v1.4.0 to v1.3.0: git, deploy, one health check. */
export const aPlan = ({ approval, ...overrides }: PlanParts = {}): Plan => ({
  service: 'web-shop',
  environment: 'production',
  severity: 'P1',
  playbook: { name: 'roll-back', title: 'Roll back and redeploy', fileDigest: 'a'.repeat(64) },
  parameters: {},
  target: aCommit(),
  deployed: badRelease,
  steps: [aStep.git(), aStep.run(), aStep.http()],
  estimateMs: 240_000,
  blastRadius: aBlastRadius(),
  ...overrides,
  approval: {
    roles: ['approver'],
    count: 1,
    requesterMayApprove: false,
    raiseTo: [],
    nextDeployment: false,
    ...approval,
  },
});
