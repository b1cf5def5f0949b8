import { createHash } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createCatalog } from '../../../../src/adapters/playbooks/create-catalog.ts';
import { ConfigurationBroken } from '../../../../src/domain/problem/configuration-broken.ts';
import { aFolder, SOUND_PLAYBOOK, SOUND_TEAM } from '../../../support/configuration-folder.ts';

const sound = { 'walkback.yml': SOUND_TEAM, 'playbooks/undo.yml': SOUND_PLAYBOOK };

it('reads the team and a playbook, with the digest of its bytes', async () => {
  const catalog = createCatalog({ root: await aFolder(sound) });
  expect((await catalog.team()).services['shop']?.branch).toBe('main');
  expect(await catalog.playbook('undo')).toMatchObject({
    file: 'playbooks/undo.yml',
    fileDigest: createHash('sha256').update(SOUND_PLAYBOOK).digest('hex'),
    playbook: { name: 'undo', estimate: 300_000 },
  });
});

it('sees an edit at the next call, even one of the same length and at the same instant', async () => {
  const root = await aFolder(sound);
  const catalog = createCatalog({ root });
  const before = await catalog.playbook('undo');
  expect(await catalog.playbook('undo')).toBe(before);
  await writeFile(join(root, 'playbooks/undo.yml'), SOUND_PLAYBOOK.replace('5m', '6m'));
  expect((await catalog.playbook('undo'))?.playbook.estimate).toBe(360_000);
  await writeFile(join(root, 'walkback.yml'), SOUND_TEAM.replace('Web shop', 'Web Shop'));
  expect((await catalog.team()).services['shop']?.title).toBe('Web Shop');
});

it('knows no playbook that is not in the folder, whatever the name leads to', async () => {
  const root = await aFolder({ ...sound, 'secret.yml': SOUND_PLAYBOOK });
  const catalog = createCatalog({ root });
  for (const name of ['other', '../secret', 'undo.yml', '', 'constructor', '/etc/passwd'])
    expect(await catalog.playbook(name), name).toBeUndefined();
  await rm(join(root, 'playbooks/undo.yml'));
  expect(await catalog.playbook('undo')).toBeUndefined();
});

it('throws all problems of a broken playbook, and goes on serving the team', async () => {
  const root = await aFolder({
    ...sound,
    'playbooks/undo.yml': SOUND_PLAYBOOK.replace('5m', '5').replace('eu, us', ''),
  });
  const catalog = createCatalog({ root });
  await expect(catalog.playbook('undo')).rejects.toMatchObject({
    name: 'ConfigurationBroken',
    problems: [{ line: 4 }, { line: 8 }],
    message: expect.stringContaining('playbooks/undo.yml:4:11  estimate: expected a duration'),
  });
  await expect(catalog.team()).resolves.toMatchObject({ channels: { incidents: 'C024BE91L' } });
});

it('throws when walkback.yml lacks what a playbook needs, before anything can be planned with it', async () => {
  const catalog = createCatalog({
    root: await aFolder({ ...sound, 'walkback.yml': SOUND_TEAM.replace('HEALTH_URL', 'OTHER_URL') }),
  });
  await expect(catalog.playbook('undo')).rejects.toThrow(/walkback\.yml:23:9 .*HEALTH_URL/);
});

it('throws when walkback.yml is broken or gone', async () => {
  const root = await aFolder({ 'walkback.yml': 'channels: 5' });
  await expect(createCatalog({ root }).team()).rejects.toBeInstanceOf(ConfigurationBroken);
  await rm(join(root, 'walkback.yml'));
  await expect(createCatalog({ root }).team()).rejects.toThrow('expected a file walkback.yml');
});

it('a file that may not be read is broken, with what the machine says', async () => {
  const root = await aFolder({ 'walkback.yml/inside': 'a folder of that name' });
  await expect(createCatalog({ root }).team()).rejects.toMatchObject({
    name: 'ConfigurationBroken',
    problems: [{ file: 'walkback.yml', found: expect.stringContaining('EISDIR') }],
  });
});
