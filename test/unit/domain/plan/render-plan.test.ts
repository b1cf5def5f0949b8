import { expect, it } from 'vitest';
import { parseDuration } from '../../../../src/domain/duration.ts';
import { Plan } from '../../../../src/domain/plan/plan.ts';
import { type RenderRequest, renderPlan } from '../../../../src/domain/plan/render-plan.ts';
import { Playbook } from '../../../../src/domain/playbook/playbook.ts';
import { Team } from '../../../../src/domain/team/team.ts';
import { aBlastRadius, aCommit, badRelease } from '../../../support/plan-builder.ts';

const policy = (count: number) => ({ title: 'T', criteria: 'C', approval: { roles: ['approver'], count } });

const aTeam = (
  environment: object = { directory: '/srv/shop/', variables: { HEALTH_URL: 'https://x.example.com/h' } },
) =>
  Team.parse({
    channels: { incidents: 'C1' },
    roles: { approver: ['U1', 'U2'] },
    permissions: { request: ['approver'], decide: ['approver'], unlock: ['approver'] },
    severities: { P0: policy(1), P1: policy(2), P2: policy(1), P3: policy(1) },
    services: {
      shop: {
        title: 'Web shop',
        repository: '/srv/git',
        branch: 'trunk',
        playbooks: ['undo'],
        environments: { production: environment },
      },
    },
  });

const aPlaybook = (
  steps: readonly object[],
  verify: readonly object[] = [{ id: 'pause', title: 'Pause', wait: '1m' }],
) =>
  Playbook.parse({
    name: 'undo',
    title: 'Undo',
    description: 'Undoes',
    estimate: '5m',
    parameters: [{ name: 'region', description: 'Where' }],
    phases: [{ name: 'Roll back', steps }],
    verify,
  });

const render = (playbook: Playbook, change: Partial<RenderRequest> = {}) =>
  renderPlan({
    team: aTeam(),
    service: 'shop',
    environment: 'production',
    loaded: { playbook, file: 'playbooks/undo.yml', fileDigest: 'f'.repeat(64) },
    parameters: { region: 'eu 1/&' },
    severity: 'P1',
    target: aCommit(),
    deployed: badRelease,
    blastRadius: aBlastRadius(),
    ...change,
  });

const deploy = { id: 'deploy', title: 'Deploy', run: './deploy.sh' };

it('makes a plan that its own schema accepts, with the policy of the severity frozen into it', () => {
  const plan = render(aPlaybook([deploy]));
  expect(Plan.parse(plan)).toEqual(plan);
  expect(plan).toMatchObject({
    approval: { roles: ['approver'], count: 2, requesterMayApprove: false },
    estimateMs: parseDuration('5m'),
    parameters: { region: 'eu 1/&' },
    playbook: { name: 'undo', title: 'Undo', fileDigest: 'f'.repeat(64) },
  });
});

it('puts the steps of all phases in order and verification last, each with its id', () => {
  const plan = render(aPlaybook([{ id: 'rollback', title: 'Undo', git: {} }, deploy]));
  expect(plan.steps.map(({ id, phase, kind }) => [id, phase, kind])).toEqual([
    ['rollback', 'Roll back', 'git'],
    ['deploy', 'Roll back', 'run'],
    ['pause', 'Verify', 'wait'],
  ]);
});

it('pins a git step to the target and to the head that was seen', () => {
  expect(
    render(aPlaybook([{ id: 'g', title: 'G', git: { method: 'paths', paths: ['src'] } }])).steps[0],
  ).toEqual({
    kind: 'git',
    id: 'g',
    title: 'G',
    phase: 'Roll back',
    repeatable: true,
    method: 'paths',
    paths: ['src'],
    branch: 'trunk',
    repository: '/srv/git',
    expectedHead: badRelease.hash,
    target: aCommit().hash,
  });
});

it('leaves a command as it was written and hands everything else over in the environment', () => {
  expect(render(aPlaybook([deploy])).steps[0]).toEqual({
    kind: 'run',
    id: 'deploy',
    title: 'Deploy',
    phase: 'Roll back',
    repeatable: false,
    command: './deploy.sh',
    shell: 'strict',
    directory: '/srv/shop',
    environment: {
      HEALTH_URL: 'https://x.example.com/h',
      PARAM_REGION: 'eu 1/&',
      WALKBACK_SERVICE: 'shop',
      WALKBACK_ENVIRONMENT: 'production',
      WALKBACK_BRANCH: 'trunk',
      WALKBACK_TARGET: aCommit().hash,
      WALKBACK_DEPLOYED: badRelease.hash,
      WALKBACK_TARGET_RELEASE: 'v1.3.0',
    },
    timeoutMs: 600_000,
    retries: 0,
  });
});

it('joins directories, and leaves the scratch directory to steps of an environment without one', () => {
  const directory = (step: object, environment?: object) => {
    const [first] = render(aPlaybook([{ ...deploy, ...step }]), { team: aTeam(environment) }).steps;
    return first?.kind === 'run' ? first.directory : undefined;
  };
  expect(directory({ directory: './services//web/' })).toBe('/srv/shop/services/web');
  expect(directory({}, { directory: '/' })).toBe('/');
  expect(directory({ directory: 'web' }, { directory: '/' })).toBe('/web');
  expect(directory({}, {})).toBeNull();
});

it('fills a url in: variables as they are, parameters encoded', () => {
  const http = {
    url: '${HEALTH_URL}?in=${region}&at=${WALKBACK_TARGET_RELEASE}',
    within: '2s',
    every: '500ms',
    consecutive: 2,
    attempts: 4,
  };
  expect(render(aPlaybook([{ id: 'h', title: 'H', http }])).steps[0]).toMatchObject({
    url: 'https://x.example.com/h?in=eu%201%2F%26&at=v1.3.0',
    status: 200,
    body: null,
    withinMs: 2_000,
    everyMs: 500,
    consecutive: 2,
    attempts: 4,
  });
});

it('renders a manual step with its role and a commit without a release as an empty name', () => {
  const manual = { instruction: 'Look', role: 'approver' };
  const plan = render(aPlaybook([{ id: 'm', title: 'M', manual }, deploy]), {
    target: aCommit({ release: null }),
  });
  expect(plan.steps[0]).toMatchObject({ kind: 'manual', ...manual });
  expect(plan.steps[1]).toMatchObject({ environment: { WALKBACK_TARGET_RELEASE: '' } });
});

it('renders a wait in milliseconds, safe to repeat whatever is written', () => {
  const [step] = render(aPlaybook([{ id: 'w', title: 'W', wait: '90s', repeatable: false }])).steps;
  expect(step).toEqual({
    kind: 'wait',
    id: 'w',
    title: 'W',
    phase: 'Roll back',
    repeatable: true,
    durationMs: 90_000,
  });
});

it('throws for a service or an environment that there is not, which is a bug of the caller', () => {
  expect(() => render(aPlaybook([deploy]), { service: 'other' })).toThrow('no service other');
  expect(() => render(aPlaybook([deploy]), { environment: 'moon' })).toThrow('no environment moon');
});
