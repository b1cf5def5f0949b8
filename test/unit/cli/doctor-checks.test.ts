import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createConfigurationCheck } from '../../../src/cli/doctor/configuration-check.ts';
import { createDirectoryCheck } from '../../../src/cli/doctor/directory-check.ts';
import { createProgramsCheck } from '../../../src/cli/doctor/programs-check.ts';
import type { Environment, Team } from '../../../src/domain/team/team.ts';
import { aFolder } from '../../support/configuration-folder.ts';

const never = new AbortController().signal;
const counts = { services: 1, playbooks: 2, templates: 12 };

describe('the check of the configuration', () => {
  it('counts what is valid', async () => {
    const check = createConfigurationCheck({ check: async () => ({ problems: [], counts }) });
    expect(await check.run(never)).toEqual([
      { level: 'ok', what: 'valid (services: 1, playbooks: 2, templates: 12)' },
    ]);
  });

  it('names file, line and column of what is wrong, with an example', async () => {
    const place = { file: 'walkback.yml', line: 3, column: 5, what: 'roles.admin', found: 'nobody' };
    const problem = { ...place, expected: 'somebody in the role', example: 'admin: [U024BE7LH]' };
    const problems = [
      { ...problem, level: 'error' as const },
      { ...problem, level: 'warning' as const },
    ];
    const found = await createConfigurationCheck({ check: async () => ({ problems, counts }) }).run(never);
    const what = 'walkback.yml:3:5  roles.admin: expected somebody in the role, found nobody';
    const todo = 'for example: admin: [U024BE7LH]';
    expect(found).toEqual([
      { level: 'problem', what, todo },
      { level: 'warning', what, todo },
    ]);
  });
});

describe('the check of directories', () => {
  const serviceIn = (environments: Readonly<Record<string, Environment>>): Pick<Team, 'services'> => ({
    services: {
      shop: {
        title: 'Web shop',
        repository: 'https://git.example.com/shop.git',
        branch: 'main',
        migrations: [],
        releases: 'v*',
        playbooks: ['undo'],
        environments: { ...environments },
      },
    },
  });

  it('finds those that are on this machine and those that are not', async () => {
    const here = await aFolder({});
    await writeFile(join(here, 'file'), '');
    const team = serviceIn({
      production: { directory: here, variables: {} },
      staging: { directory: join(here, 'gone'), variables: {} },
      lab: { directory: join(here, 'file'), variables: {} },
      cloud: { variables: {} },
    });
    const found = await createDirectoryCheck({ team }).run(never);
    expect(found.map(({ level, what }) => `${level} ${what.replaceAll(here, '/srv')}`)).toEqual([
      'ok shop, production: /srv',
      'problem shop, staging: /srv/gone is not on this machine',
      'problem shop, lab: /srv/file is not a directory',
    ]);
  });
});

describe('the check of programs', () => {
  const withPath = (path: string) => createProgramsCheck({ environment: { PATH: path } }).run(never);

  it('tells the version of git and which shell there is', async () => {
    const found = await withPath(process.env['PATH'] ?? '');
    expect(found).toEqual([
      { level: 'ok', what: expect.stringMatching(/^git version \d+\.\d+/) },
      { level: 'ok', what: expect.stringMatching(/^sh is \/.*sh/) },
      { level: 'ok', what: expect.stringMatching(/^bash \d/) },
    ]);
  });

  it('names programs that are not on the path', async () => {
    const found = await withPath(await aFolder({}));
    expect(found.map(({ level, what }) => [level, what.split(' ')[0]])).toEqual([
      ['problem', 'git'],
      ['problem', 'sh'],
      ['warning', 'bash'],
    ]);
  });
});
