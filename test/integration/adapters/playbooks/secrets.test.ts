import { describe, expect, it } from 'vitest';
import { checkConfiguration } from '../../../../src/adapters/playbooks/check-configuration.ts';
import { formatProblem } from '../../../../src/domain/problem/problem.ts';
import { aFolder, SOUND_PLAYBOOK, SOUND_TEAM } from '../../../support/configuration-folder.ts';

async function check(change: {
  readonly url?: string;
  readonly variable?: string;
  readonly repository?: string;
}) {
  const { url = '${HEALTH_URL}?in=${region}', variable, repository } = change;
  const root = await aFolder({
    'walkback.yml': SOUND_TEAM.replace('https://shop.example.com/healthz', variable ?? '$&').replace(
      'https://git.example.com/shop.git',
      repository ?? '$&',
    ),
    'playbooks/undo.yml': SOUND_PLAYBOOK.replace('${HEALTH_URL}?in=${region}', () => url),
  });
  return (await checkConfiguration({ root })).problems.map(formatProblem);
}

const NETRC = 'for example: run: curl --fail --silent --show-error --netrc';

describe('a check’s url', () => {
  it.each([
    'https://bot:hunter2hunter2@shop.example.com/',
    'https://hunter2hunter2@shop.example.com/',
    'https://shop.example.com/healthz?token=hunter2hunter2',
    'https://shop.example.com/healthz?api_key=hunter2hunter2&in=${region}',
    'https://shop.example.com/healthz?access_token=ghp_hunter2hunter2hunter2',
  ])('with a secret is refused, and not repeated: %s', async (url) => {
    const [problem, ...others] = await check({ url });
    expect(others).toEqual([]);
    expect(problem).toContain('verify[0].http.url: expected a url without a password or token');
    expect(problem).toContain(NETRC);
    expect(problem).not.toContain('hunter2');
  });

  it('is refused as well where a variable brings the secret in', async () => {
    for (const change of [
      { variable: 'https://bot:hunter2hunter2@shop.example.com/' },
      { variable: 'hunter2hunter2', url: 'https://shop.example.com/?secret=x${HEALTH_URL}' },
      { variable: 'pa55@word', url: 'https://bot:${HEALTH_URL}' },
    ]) {
      const problems = await check(change);
      expect(problems.join()).toContain('a url without a password or token');
      expect(problems.join()).not.toContain('hunter2');
    }
  });

  it('may have a query', async () => {
    expect(await check({ url: 'https://shop.example.com/healthz?deep=1&in=${region}#top' })).toEqual([]);
  });
});

describe('a repository’s address', () => {
  it.each([
    'https://robin:hunter2hunter2@git.example.com/shop.git',
    'https://ghp_hunter2hunter2hunter2@git.example.com/shop.git',
    'ssh://git:hunter2hunter2@git.example.com/shop.git',
  ])('with a password is refused, and not repeated: %s', async (repository) => {
    const [problem, ...others] = await check({ repository });
    expect(others).toEqual([]);
    expect(problem).toContain('services.shop.repository: expected an address without a password');
    expect(problem).toMatch(/for example: repository: (https|ssh):\/\/git\.example\.com\/shop\.git/);
    expect(problem).not.toContain('hunter2');
  });

  it.each([
    'https://team@git.example.com/team/shop.git',
    'ssh://git@git.example.com/shop',
    'git@git.example.com:a/b',
  ])('may name a user: %s', async (repository) => {
    expect(await check({ repository })).toEqual([]);
  });
});

it('warns of a variable that looks like a secret, since the plan shows it', async () => {
  const root = await aFolder({
    'walkback.yml': SOUND_TEAM.replace('HEALTH_URL:', 'DEPLOY_TOKEN: hunter2hunter2\n          HEALTH_URL:'),
    'playbooks/undo.yml': SOUND_PLAYBOOK,
  });
  expect((await checkConfiguration({ root })).problems.map(formatProblem)).toEqual([
    expect.stringContaining('variables.DEPLOY_TOKEN: expected no secret, since everybody sees variables'),
  ]);
});
