import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkConfiguration } from '../../../src/adapters/playbooks/check-configuration.ts';
import { createCatalog } from '../../../src/adapters/playbooks/create-catalog.ts';
import { drawMrkdwn } from '../../../src/slack/kit/mrkdwn.ts';
import { aFolder } from '../../support/configuration-folder.ts';
import { filesInReadme } from '../../support/files-in-readme.ts';

describe('the files that README shows', () => {
  it('are ten lines each, and all that is needed', async () => {
    const files = filesInReadme();
    expect(Object.keys(files)).toEqual(['walkback.yml', 'playbooks/back.yml']);
    for (const text of Object.values(files)) expect(text.trimEnd().split('\n')).toHaveLength(10);
    const root = await aFolder(files);
    const { problems } = await checkConfiguration({ root, draw: drawMrkdwn });
    expect(problems).toEqual([]);
  });

  it('make a service that can be rolled back, deployed and verified', async () => {
    const catalog = createCatalog({ root: await aFolder(filesInReadme()) });
    const { services } = await catalog.team();
    expect(Object.keys(services)).toEqual(['shop']);
    const { phases, verify } = (await catalog.playbook('back'))?.playbook ?? { phases: [], verify: [] };
    expect(phases.flatMap(({ steps }) => steps.map(({ id }) => id))).toEqual(['undo', 'deploy']);
    expect(verify).toMatchObject([{ http: { version: 'target' } }]);
  });
});

it('README names every setting that is read', () => {
  const readme = readFileSync('README.md', 'utf8');
  const code = readFileSync('src/config.ts', 'utf8');
  const read = [...code.matchAll(/(?:text|number|required|given)\('([A-Z_]+)'/g)].map(
    ([, name = '']) => name,
  );
  // For a Slack that isn't Slack: tests and the demo.
  const told = [...new Set(read)].filter((name) => name !== 'SLACK_API_URL');
  expect(told.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
  expect(told.length).toBeGreaterThan(6);
});
