import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../../src/engine/redact.ts';

const redact = createRedactor({ secrets: ['s3cr3t-value', 's3cr3t-value-long', 'abc', ''] });

describe('createRedactor', () => {
  it('hides given values wherever they stand, the longest first', () => {
    expect(redact('a=s3cr3t-value-long;b=s3cr3t-value.')).toBe('a=[redacted];b=[redacted].');
  });

  it('leaves values of fewer than six characters alone, which would hide half of every text', () => {
    expect(redact('abc abcdef')).toBe('abc abcdef');
  });

  it('hides each line of a value of many lines, since text comes in lines', () => {
    const lines = createRedactor({ secrets: ['first-line\nsecond-line'] });
    expect(lines('x first-line')).toBe('x [redacted]');
    expect(lines('second-line x')).toBe('[redacted] x');
  });

  it.each([
    ['a Slack bot token', ['xo', 'xb-1234567890-abcdefGHIJ'].join('')],
    ['a Slack refresh token', ['xo', 'xe.xoxp-1-Mi0yLTEyMzQ1Njc4'].join('')],
    ['a Slack app token', ['xa', 'pp-1-A0123-4567-abcdef'].join('')],
    ['a GitHub token', `ghp_${'a1B2'.repeat(9)}`],
    ['a GitHub fine-grained token', `github_pat_${'a1B2_'.repeat(9)}`],
    ['an AWS access key id', `AKIA${'ABCD1234'.repeat(2)}`],
  ])('hides %s by its shape', (_, token) => {
    expect(redact(`use ${token}, please`)).toBe('use [redacted], please');
  });

  it('hides credentials in a URL and keeps its host', () => {
    expect(redact('push to https://bot:pa55word@git.example.com/a.git')).toBe(
      'push to https://[redacted]@git.example.com/a.git',
    );
    expect(redact('redis://:pa55@127.0.0.1:6379')).toBe('redis://[redacted]@127.0.0.1:6379');
  });

  it('hides what follows Bearer', () => {
    expect(redact('Authorization: Bearer abc.def-ghi_jkl')).toBe('Authorization: Bearer [redacted]');
  });

  it.each([
    ['password=hunter2 user=bot', 'password=[redacted] user=bot'],
    ['DB_PASSWORD: hunter2', 'DB_PASSWORD: [redacted]'],
    ['{"api_key": "abc def", "id": 7}', '{"api_key": [redacted], "id": 7}'],
    ['?token=abc&page=2', '?token=[redacted]&page=2'],
  ])('hides the value in %s', (text, expected) => {
    expect(redact(text)).toBe(expected);
  });

  it('hides a private key, also one that is cut short', () => {
    const key = '-----BEGIN RSA PRIVATE KEY-----\nMIIEow\nIBAAKC\n';
    expect(redact(`before ${key}-----END RSA PRIVATE KEY----- after`)).toBe('before [redacted] after');
    expect(redact(`before ${key}`)).toBe('before [redacted]');
  });

  it.each([
    'deployed v1.4.0 to https://shop.example.com/health in 3 s',
    'mail ops@example.com about the token',
    'commit 5084125c62803c8b609ddf89419b65b126609188',
    'the bearer of news',
  ])('leaves ordinary text alone: %s', (text) => {
    expect(redact(text)).toBe(text);
  });

  it('takes no time over a long line of dots and dashes, which begins many an address that never comes', () => {
    const startedAt = performance.now();
    redact('a.b-'.repeat(25_000));
    expect(performance.now() - startedAt).toBeLessThan(500);
  });

  it('never lets a given value through, whatever stands around it', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        expect(redact(`${before}s3cr3t-value${after}`)).not.toContain('s3cr3t-value');
      }),
    );
  });
});
