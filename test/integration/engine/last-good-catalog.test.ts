import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createCatalog } from '../../../src/adapters/playbooks/create-catalog.ts';
import { ConfigurationBroken } from '../../../src/domain/problem/configuration-broken.ts';
import { lastGoodCatalog } from '../../../src/engine/last-good-catalog.ts';
import { aFolder, SOUND_PLAYBOOK, SOUND_TEAM } from '../../support/configuration-folder.ts';
import { quietLog } from '../../support/quiet-log.ts';

const sound = { 'walkback.yml': SOUND_TEAM, 'playbooks/undo.yml': SOUND_PLAYBOOK };

async function aCatalog(files: Readonly<Record<string, string>>) {
  const root = await aFolder(files);
  const errors: object[] = [];
  const log = { ...quietLog, error: (fields: object) => errors.push(fields) };
  return { root, errors, catalog: lastGoodCatalog(createCatalog({ root }), log) };
}

it('goes on with what could last be read, says so once, and follows the mended file', async () => {
  const { root, errors, catalog } = await aCatalog(sound);
  const team = await catalog.team();
  const playbook = await catalog.playbook('undo');
  await writeFile(join(root, 'walkback.yml'), 'channels: [');
  await writeFile(join(root, 'playbooks/undo.yml'), 'name: [');
  for (const _time of [1, 2]) {
    expect(await catalog.team()).toBe(team);
    expect(await catalog.playbook('undo')).toBe(playbook);
  }
  expect(errors).toEqual([
    { error: expect.stringContaining('walkback.yml:1') },
    { error: expect.stringContaining('playbooks/undo.yml:1') },
  ]);
  await writeFile(join(root, 'walkback.yml'), SOUND_TEAM.replace('Web shop', 'Web Shop'));
  expect((await catalog.team()).services['shop']?.title).toBe('Web Shop');
});

it('forgets a playbook that was removed', async () => {
  const { root, catalog } = await aCatalog(sound);
  expect(await catalog.playbook('undo')).toBeDefined();
  await rm(join(root, 'playbooks/undo.yml'));
  expect(await catalog.playbook('undo')).toBeUndefined();
});

it('makes nothing up for what could never be read', async () => {
  const { catalog } = await aCatalog({ 'walkback.yml': 'channels: 5' });
  await expect(catalog.team()).rejects.toBeInstanceOf(ConfigurationBroken);
});
