import { expect, it } from 'vitest';
import { tellsVersion } from '../../../../src/domain/steps/told-version.ts';
import { hashOf } from '../../../support/plan-builder.ts';

const target = hashOf('target');
const wanted = { release: 'v1.3.0', commits: [target] };

it.each([
  '{"version":"v1.3.0"}',
  '{"version":"1.3.0","uptime":12}',
  'Shop 1.3.0.',
  `build ${target}`,
  `{"commit":"${target.slice(0, 7)}"}`,
])('is named in %s', (told) => {
  expect(tellsVersion(told, wanted)).toBe(true);
});

it.each([
  '{"status":"ok"}',
  '{"version":"1.4.0"}',
  '{"version":"v1.3.0-rc1"}',
  '{"version":"1.3.0.1"}',
  '{"version":"11.3.0"}',
  '{"version":"dev1.3.0"}',
  '{"version":"1x3x0"}',
  `{"commit":"${hashOf('another')}"}`,
  `{"commit":"${target.slice(0, 6)}"}`,
  '',
])('is not named in %s', (told) => {
  expect(tellsVersion(told, wanted)).toBe(false);
});

it('is the commit alone where the target is no release, and a tag as it is where it is no number', () => {
  expect(tellsVersion('"version":""', { release: null, commits: [target] })).toBe(false);
  expect(tellsVersion('release-7', { release: 'release-7', commits: [] })).toBe(true);
  expect(tellsVersion('release-77', { release: 'release-7', commits: [] })).toBe(false);
});
