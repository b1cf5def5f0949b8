import { writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createCatalog } from '../../../src/adapters/playbooks/create-catalog.ts';
import { ConfigurationBroken } from '../../../src/domain/problem/configuration-broken.ts';
import { lastGoodCatalog } from '../../../src/engine/last-good-catalog.ts';
import { snapshotCatalog } from '../../../src/engine/snapshot-catalog.ts';
import { aFolder, SOUND_PLAYBOOK, SOUND_TEAM } from '../../support/configuration-folder.ts';
import { countedReads } from '../../support/counted-reads.ts';
import { quietLog } from '../../support/quiet-log.ts';

const sound = { 'walkback.yml': SOUND_TEAM, 'playbooks/undo.yml': SOUND_PLAYBOOK };

it('reads walkback.yml and each playbook once, whoever asks how often, also at the same time', async () => {
  const root = await aFolder(sound);
  const reads = countedReads();
  const snapshot = snapshotCatalog(createCatalog({ root }));
  expect(reads).toEqual([]);
  const both = () => Promise.all([snapshot.playbook('undo'), snapshot.team(), snapshot.playbook('undo')]);
  const [playbook, team, again] = await both();
  expect(again).toBe(playbook);
  await writeFile(join(root, 'walkback.yml'), 'channels: [');
  await writeFile(join(root, 'playbooks/undo.yml'), 'name: [');
  expect(await both()).toEqual([playbook, team, playbook]);
  expect(reads).toEqual(['walkback.yml', 'undo.yml']);
});

it('what could not be read stays so, and is not read again', async () => {
  const root = await aFolder({ ...sound, 'playbooks/undo.yml': 'name: [' });
  const reads = countedReads();
  const snapshot = snapshotCatalog(createCatalog({ root }));
  await expect(snapshot.playbook('undo')).rejects.toBeInstanceOf(ConfigurationBroken);
  await writeFile(join(root, 'playbooks/undo.yml'), SOUND_PLAYBOOK);
  await expect(snapshot.playbook('undo')).rejects.toBeInstanceOf(ConfigurationBroken);
  expect(reads).toEqual(['walkback.yml', 'undo.yml']);
});

it('holds a playbook against the walkback.yml that was read, not against the one that replaced it', async () => {
  const root = await aFolder(sound);
  countedReads((file) => {
    if (file === 'walkback.yml')
      writeFileSync(join(root, file), SOUND_TEAM.replace('HEALTH_URL', 'OTHER_URL'));
  });
  const snapshot = snapshotCatalog(createCatalog({ root }));
  expect(await snapshot.playbook('undo')).toMatchObject({ file: 'playbooks/undo.yml' });
  await expect(createCatalog({ root }).playbook('undo')).rejects.toThrow(/HEALTH_URL/);
});

it('of the last good configuration, a playbook goes with the last good walkback.yml', async () => {
  const root = await aFolder(sound);
  const telling = lastGoodCatalog(createCatalog({ root }), quietLog);
  await telling.team();
  await writeFile(join(root, 'walkback.yml'), 'channels: [');
  const reads = countedReads();
  expect(await snapshotCatalog(telling).playbook('undo')).toMatchObject({ file: 'playbooks/undo.yml' });
  expect(reads).toEqual(['walkback.yml', 'undo.yml']);
});
