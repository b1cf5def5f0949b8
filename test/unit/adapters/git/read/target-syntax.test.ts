import { describe, expect, it } from 'vitest';
import { isMalformedTarget } from '../../../../../src/adapters/git/read/target-syntax.ts';

describe('isMalformedTarget', () => {
  it.each([
    '',
    '-',
    '--upload-pack=touch /tmp/x',
    'v1 .0',
    'v1\n',
    'v1\0',
    'v1\u0085',
    'a..b',
    'a...b',
    'main^',
    'main^{tree}',
    'main~1',
    'main:app.js',
    ':/fix',
    'v?',
    'v*',
    'v[1]',
    'main@{1}',
    'a\\b',
    'v'.repeat(201),
  ])('refuses %j', (target) => {
    expect(isMalformedTarget(target)).toBe(true);
  });

  it.each(['v1.4.0', 'release/2030-01', 'abc1234', 'user@host', 'größe', 'v'.repeat(200)])(
    'accepts %j',
    (target) => {
      expect(isMalformedTarget(target)).toBe(false);
    },
  );
});
