import { expect, it } from 'vitest';
import { readManifest } from '../../../../src/adapters/yaml/read-manifest.ts';
import { SCOPE_PURPOSE } from '../../../../src/slack/doctor/scope-purpose.ts';

it('says of every scope in manifest.yml, and of no other, what it is for', async () => {
  const { botScopes } = await readManifest();
  expect(Object.keys(SCOPE_PURPOSE).sort()).toEqual([...botScopes].sort());
});
