import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { findSettings, type Role } from '../../../src/config.ts';
import { checkLiveSetUp } from '../../../src/doctor.ts';
import { aFolder, SOUND_PLAYBOOK, SOUND_TEAM } from '../../support/configuration-folder.ts';
import { createTestRepository } from '../../support/git-repository.ts';

/** What the doctor says where only this is set, and how it ends. */
async function examine(
  set: Readonly<Record<string, string>>,
  { roles = ['bot', 'worker'], team }: { readonly roles?: readonly Role[]; readonly team?: string } = {},
) {
  const repository = await createTestRepository();
  onTestFinished(repository.remove);
  await repository.commit('Begin', { 'shop.txt': 'open' });
  await repository.git('tag', 'v1.0.0');
  await repository.push();
  const root = await aFolder({
    'walkback.yml': team ?? SOUND_TEAM.replace('https://git.example.com/shop.git', repository.remote),
    'playbooks/undo.yml': SOUND_PLAYBOOK,
  });
  const lines: string[] = [];
  const variables = {
    PATH: process.env['PATH'],
    WALKBACK_ROOT: root,
    WALKBACK_DATA: join(root, 'data'),
    ...set,
  };
  const code = await checkLiveSetUp(findSettings(variables, { roles }), {
    roles,
    print: (line) => lines.push(line),
  });
  return { code, said: lines.join('\n') };
}

it('without tokens checks all else, and says what it left out', async () => {
  const { code, said } = await examine({});
  expect(said).toMatch(
    /^Settings\n {2}x {2}SLACK_BOT_TOKEN is missing: .*xoxb-\n {2}x {2}SLACK_APP_TOKEN is missing/,
  );
  expect(said).toMatch(/Configuration\n {2}ok valid/);
  expect(said).toMatch(/Programs\n {2}ok git version/);
  expect(said).toMatch(/Redis\n {2}ok /);
  expect(said).toMatch(/Repository of shop\n {2}ok .* answers/);
  expect(said).toContain(
    'Slack\n  -  left out: its scopes, channels and people can’t be looked up without SLACK_BOT_TOKEN',
  );
  expect(said).toContain('Hearing from Slack\n  -  left out: there is no SLACK_APP_TOKEN to try');
  expect(code).toBe(1);
});

it('on a worker without its Redis looks for no other one, and asks Slack for nothing', async () => {
  const { code, said } = await examine({}, { roles: ['worker'] });
  expect(said).toMatch(/^Settings\n {2}x {2}REDIS_URL is missing/);
  expect(said).toContain('Redis\n  -  left out: which one to look at is not known');
  expect(said).toMatch(/Repository of shop\n {2}ok/);
  expect(said).not.toContain('Slack');
  expect(code).toBe(1);
});

it('sends no token to a Slack that nobody named, nor looks into a Redis of another name', async () => {
  const { said } = await examine({
    ...{
      SLACK_BOT_TOKEN: 'xoxb-hidden',
      SLACK_APP_TOKEN: 'xapp-hidden',
      SLACK_API_URL: 'http://127.0.0.1:1',
    },
    WALKBACK_NAMESPACE: 'a{b}',
  });
  expect(said).toContain('Slack\n  -  left out: which one to ask is not known, see “Settings”');
  expect(said).toContain('Redis\n  -  left out: which one to look at is not known, see “Settings”');
  expect(said).not.toContain('hidden');
});

it('with a walkback.yml that can’t be read says what it could not look at for that', async () => {
  const { said } = await examine({}, { team: 'channels: {}\n' });
  expect(said).toContain('Repositories\n  -  left out: walkback.yml can’t be read, see “Configuration”');
  expect(said).toContain('Directories\n  -  left out: walkback.yml can’t be read');
});

it('names a setting that is misspelt, and takes what a step is given for none', async () => {
  const { said } = await examine({ WALKBACK_NAMESPCE: 'eu', WALKBACK_TARGET: 'abc' });
  expect(said).toContain(
    '!  WALKBACK_NAMESPCE is set, which nothing reads\n     -> did you mean WALKBACK_NAMESPACE?',
  );
  expect(said).not.toContain('WALKBACK_TARGET');
});
