import { describe, expect, it } from 'vitest';
import { GitDidNotRun, GitFailed } from '../../../../../src/adapters/git/run-git.ts';
import { explainFailure } from '../../../../../src/adapters/git/trouble/explain-failure.ts';

const REF = {
  repository: 'https://robin:s3cret%2Fword@git.example.com/shop.git',
  branch: 'main',
  releases: 'v*',
  migrations: [],
};

const explain = (message: string, output = '', repository = REF.repository) =>
  explainFailure({ ...REF, repository }, new GitFailed({ exitCode: 128, message, output }));

const SSH_ADVICE =
  '\nfatal: Could not read from remote repository.\n\nPlease make sure you have the correct access rights\nand the repository exists.';
const REJECTED = (why: string) =>
  `To /srv/shop.git\n!\trefs/heads/main:refs/heads/main\t[remote rejected] (${why})\nDone`;

describe('what went wrong with git is told as what it is', () => {
  it.each([
    [
      'unreachable',
      `ssh: Could not resolve hostname git.example.com: Name or service not known${SSH_ADVICE}`,
    ],
    ['unreachable', `ssh: connect to host git.example.com port 22: Connection refused${SSH_ADVICE}`],
    [
      'unreachable',
      "fatal: unable to access 'https://git.example.com/': Failed to connect to git.example.com port 443",
    ],
    [
      'unreachable',
      "fatal: unable to access 'https://git.example.com/': The requested URL returned error: 503",
    ],
    [
      'unreachable',
      'fatal: unable to connect to 127.0.0.1:\n127.0.0.1[0: 127.0.0.1]: errno=Connection refused',
    ],
    ['unreachable', 'fatal: the remote end hung up unexpectedly\nfatal: early EOF'],
    ['unreachable', 'no sign of life for 10 minutes'],
    ['not-trusted', `Host key verification failed.${SSH_ADVICE}`],
    ['not-trusted', "fatal: unable to access 'https://x/': SSL certificate problem: self-signed certificate"],
    ['not-let-in', `git@git.example.com: Permission denied (publickey).${SSH_ADVICE}`],
    ['not-let-in', `ERROR: The key you are authenticating with has been marked as read only.${SSH_ADVICE}`],
    ['not-let-in', "fatal: could not read Username for 'https://git.example.com': terminal prompts disabled"],
    [
      'not-let-in',
      "remote: HTTP Basic: Access denied\nfatal: Authentication failed for 'https://x/shop.git/'",
    ],
    ['not-let-in', 'fatal: remote error: access denied or repository not exported: /remote.git'],
    [
      'not-let-in',
      "remote: Permission to shop.git denied to robin.\nfatal: unable to access 'https://x/': The requested URL returned error: 403",
    ],
    ['not-found', "fatal: '/srv/shop.git' does not appear to be a git repository"],
    ['not-found', `ERROR: Repository not found.${SSH_ADVICE}`],
    ['not-found', "remote: Not Found\nfatal: repository 'https://git.example.com/shop.git/' not found"],
    ['no-branch', "fatal: couldn't find remote ref refs/heads/main"],
    ['no-room', 'fatal: write error: No space left on device'],
    ['busy', "fatal: Unable to create '/mirror/packed-refs.lock': File exists."],
    ['failed', 'fatal: mystery'],
  ])('%s: %s', (trouble, message) => {
    expect(explain(message)).toMatchObject({ trouble });
  });

  it.each([
    ['a hook', 'remote: needs a ticket number', 'pre-receive hook declined'],
    ['a quota', 'remote: fatal: write error: No space left on device', 'unpacker error'],
    [
      'a rule for branches',
      'remote: error: GH006: Protected branch update failed',
      'protected branch hook declined',
    ],
    [
      'a permission',
      'remote: You are not allowed to push code to protected branches',
      'pre-receive hook declined',
    ],
    ['a rival', '', "cannot lock ref 'refs/heads/main': is at 1 but expected 2"],
  ])('a push refused by %s is a push refused', (_, message, why) => {
    const found = explain(message, REJECTED(why));
    expect(found).toMatchObject({ trouble: 'push-refused' });
    expect(found?.message).toContain(message.replace(/^remote: (?:\w+: )?/, ''));
  });

  it('says what the system says where git could not be started, or its folder not be written', () => {
    const said = explainFailure(REF, new GitDidNotRun('git fetch did not run: Error: spawn git ENOENT'));
    expect(said).toMatchObject({ trouble: 'failed', message: expect.stringContaining('spawn git ENOENT') });
    const full = Object.assign(new Error('ENOSPC: no space left on device, mkdir'), {
      syscall: 'mkdir',
      code: 'ENOSPC',
    });
    expect(explainFailure(REF, full)).toMatchObject({ trouble: 'no-room' });
  });

  it('leaves alone what is no failure of git', () => {
    expect(explainFailure(REF, new TypeError('a bug'))).toBeUndefined();
    expect(explainFailure(REF, 'cancelled')).toBeUndefined();
  });
});

describe('the short words', () => {
  it('are the last ones of a long hook, and everything stands in the whole', () => {
    const banner = Array.from(
      { length: 40 },
      (_, index) => `remote: house rule ${index}, which nobody reads\n`,
    ).join('');
    const found = explain(`${banner}remote: needs a ticket number`, REJECTED('pre-receive hook declined'));
    expect(found?.message).toMatch(/^… .*; needs a ticket number; pre-receive hook declined$/);
    expect(found?.message.length).toBeLessThanOrEqual(300);
    expect(found?.whole).toContain('house rule 0,');
    expect(found?.whole).toContain('needs a ticket number');
  });

  it('keep both ends of one long line', () => {
    const found = explain(`fatal: begins ${'x'.repeat(500)} ends`);
    expect(found?.message).toMatch(/^begins x+ … x+ ends$/);
    expect(found?.message.length).toBeLessThanOrEqual(300);
  });

  it('leave out what is no reason: advice, progress, decoration, up-to-date refs', () => {
    const found = explain(
      [
        'POST git-receive-pack (302 bytes)',
        ' = [up to date]      v1.0.0     -> v1.0.0',
        'remote: Resolving deltas:  50% (1/2)\rremote: Resolving deltas: 100% (2/2), done.        ',
        'remote: ==========================        ',
        'remote: needs a ticket number        ',
        'remote:         ',
        'hint: see git help push',
        "error: failed to push some refs to 'https://git.example.com/shop.git'",
      ].join('\n'),
      REJECTED('pre-receive hook declined'),
    );
    expect(found?.message).toBe('needs a ticket number; pre-receive hook declined');
  });

  it('are never empty', () => {
    expect(explain('fatal: Could not read from remote repository.')?.message).toContain('Could not read');
    expect(explain('git ended with 1')?.message).toBe('git ended with 1');
  });
});

describe('passwords', () => {
  it('stand neither in the words nor in the whole nor in the address, written either way', () => {
    const found = explain(
      "fatal: unable to access 'https://robin:s3cret%2Fword@git.example.com/': s3cret/word is wrong",
    );
    const shown = `${found?.message} ${found?.whole} ${found?.repository}`;
    expect(shown).not.toMatch(/s3cret/);
    expect(shown).toContain('git.example.com');
  });

  it('hide a token that stands where the name belongs', () => {
    const found = explain(
      'fatal: tokenvalue123 has expired',
      '',
      'https://tokenvalue123:x-oauth-basic@git.example.com/x',
    );
    expect(`${found?.message} ${found?.whole} ${found?.repository}`).not.toContain('tokenvalue123');
  });
});

it.each([
  'To push to main, name a ticket such as ABC-12',
  'Checking commit 1a2b3c: no ticket number',
  'hint: name a ticket',
  'From now on main is closed',
])('a hook’s own words are told whatever they begin with: %s', (words) => {
  const noise = 'remote: Resolving deltas: 100% (3/3), done.\nremote: Total 5 (delta 2), reused 0\n';
  const told = explain(`${noise}remote: ${words}`, REJECTED('pre-receive hook declined'))?.message;
  expect(told).toContain(words);
  expect(told).not.toMatch(/Resolving|Total/);
});
