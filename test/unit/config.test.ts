import { expect, it } from 'vitest';
import { findRoot, readConfig } from '../../src/config.ts';

const SLACK = { SLACK_BOT_TOKEN: 'xoxb-secret-1', SLACK_APP_TOKEN: 'xapp-secret-2' };
const bot = (variables: Record<string, string>) =>
  readConfig(variables, { roles: ['bot', 'worker'], directory: '/srv' });
const worker = (variables: Record<string, string>) =>
  readConfig(
    { REDIS_URL: 'redis://redis.example.com:6379', ...variables },
    { roles: ['worker'], directory: '/srv' },
  );
const problemsOf = (result: ReturnType<typeof readConfig>) => (result.ok ? [] : result.problems);

it('has a default for everything but Slack', () => {
  expect(bot({ ...SLACK, PATH: '/bin' })).toEqual({
    ok: true,
    config: {
      redisUrl: undefined,
      slack: { mode: 'socket', botToken: 'xoxb-secret-1', appToken: 'xapp-secret-2', apiUrl: undefined },
      root: '/srv',
      data: '/srv/.walkback',
      namespace: 'walkback',
      logLevel: 'info',
      workerConcurrency: 10,
      childEnvironment: { PATH: '/bin' },
      gitEnvironment: { PATH: '/bin' },
      secrets: ['xoxb-secret-1', 'xapp-secret-2'],
    },
  });
});

it('names every setting that is missing or malformed at once, and shows no secret', () => {
  const problems = problemsOf(
    bot({
      SLACK_APP_TOKEN: 'xoxp-hidden',
      REDIS_URL: 'localhost:hidden',
      SLACK_API_URL: 'http://127.0.0.1/api',
      PORT: 'many',
      LOG_LEVEL: 'loud',
      WALKBACK_NAMESPACE: 'a{b}',
      WALKBACK_WORKER_CONCURRENCY: '0',
    }),
  );
  expect(problems.map((problem) => problem.split(':')[0])).toEqual([
    'REDIS_URL is malformed',
    'SLACK_BOT_TOKEN is missing',
    'SLACK_APP_TOKEN is malformed',
    'SLACK_API_URL is malformed',
    'PORT is malformed',
    'WALKBACK_NAMESPACE is malformed',
    'LOG_LEVEL is malformed',
    'WALKBACK_WORKER_CONCURRENCY is malformed',
  ]);
  expect(problems.join('\n')).not.toContain('hidden');
  expect(problems).toContain('PORT is malformed: expected a whole number from 0 to 65535, found "many"');
});

it('wants either way of hearing from Slack', () => {
  expect(problemsOf(bot({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: ' ' }))).toEqual([
    expect.stringMatching(/^SLACK_APP_TOKEN is missing: .*xapp-.* or SLACK_SIGNING_SECRET/),
  ]);
  expect(bot({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 'abcdef0123', PORT: '8080' })).toMatchObject({
    config: { slack: { mode: 'http', signingSecret: 'abcdef0123', port: 8080 } },
  });
});

it('asks a worker for nothing of Slack, but still keeps its tokens secret', () => {
  expect(worker({})).toMatchObject({ ok: true, config: { slack: undefined, secrets: [] } });
  expect(worker({ SLACK_BOT_TOKEN: 'nonsense' })).toMatchObject({ config: { secrets: ['nonsense'] } });
});

it('keeps the password of Redis secret, as written and as meant', () => {
  expect(worker({ REDIS_URL: 'rediss://user:p%40ss@redis.example.com:6379' })).toMatchObject({
    config: { secrets: ['p%40ss', 'p@ss'] },
  });
  expect(worker({ REDIS_URL: '/run/redis.sock' })).toMatchObject({ config: { redisUrl: '/run/redis.sock' } });
});

it('hands child processes nothing but what they need', () => {
  const result = worker({ ...SLACK, REDIS_URL: 'redis://x', HOME: '/root', LANG: 'C', SSH_AUTH_SOCK: '/s' });
  expect(result).toMatchObject({ ok: true, config: { childEnvironment: { HOME: '/root', LANG: 'C' } } });
  expect(result.ok && Object.keys(result.config.childEnvironment)).toEqual(['HOME', 'LANG']);
  // Git alone gets what reaches a remote.
  expect(result.ok && Object.keys(result.config.gitEnvironment)).toEqual(['HOME', 'LANG', 'SSH_AUTH_SOCK']);
});

it('resolves folders and freezes the result', () => {
  const result = worker({ WALKBACK_ROOT: 'team' });
  expect(result).toMatchObject({ config: { root: '/srv/team', data: '/srv/team/.walkback' } });
  expect(result.ok && Object.isFrozen(result.config)).toBe(true);
  expect(worker({ WALKBACK_ROOT: '/a', WALKBACK_DATA: '/b' })).toMatchObject({
    config: { root: '/a', data: '/b' },
  });
});

it('lets Redis be left out only where everything runs in one process', () => {
  expect(bot(SLACK)).toMatchObject({ ok: true, config: { redisUrl: undefined } });
  expect(problemsOf(worker({ REDIS_URL: '' }))).toEqual([
    expect.stringMatching(/^REDIS_URL is missing: expected redis:.*bot and workers share$/),
  ]);
});

it('finds walkback.yml in one way for every command: the folder that was named, WALKBACK_ROOT, the current one', () => {
  const directory = '/srv';
  const set = { WALKBACK_ROOT: ' team ' };
  expect(findRoot(set, { named: 'other', directory })).toBe('/srv/other');
  expect(findRoot(set, { directory })).toBe('/srv/team');
  expect(bot({ ...SLACK, ...set })).toMatchObject({ ok: true, config: { root: '/srv/team' } });
  expect(findRoot({ WALKBACK_ROOT: ' ' }, { directory })).toBe('/srv');
});
