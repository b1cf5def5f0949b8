import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Duration, formatDuration, parseDuration } from '../../../src/domain/duration.ts';

describe('a duration as written in YAML', () => {
  it.each([
    ['500ms', 500],
    ['30s', 30_000],
    ['1.5m', 90_000],
    ['2h', 7_200_000],
    ['1d', 86_400_000],
    [' 5m ', 300_000],
    ['0s', 0],
  ])('%s is %i milliseconds', (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds);
  });

  it.each(['', '5', 'm', '5 m', '-5m', '5mm', '1h30m', '5M', '1e3s', '5constructor', 'five minutes'])(
    '“%s” is none',
    (text) => {
      expect(parseDuration(text)).toBeUndefined();
    },
  );

  it('that is none is told what was expected', () => {
    expect(Duration.safeParse('soon').error?.issues[0]?.message).toContain('30s, 5m or 2h');
  });
});

describe('milliseconds as people read them', () => {
  it.each([
    [0, '0 ms'],
    [-5, '0 ms'],
    [850, '850 ms'],
    [999.4, '999 ms'],
    [999.6, '1 s'],
    [42_000, '42 s'],
    [59_600, '1 min'],
    [185_000, '3 min 5 s'],
    [3_599_800, '1 h'],
    [7_800_000, '2 h 10 min'],
    [47 * 3_600_000 + 59 * 60_000, '47 h 59 min'],
    [49 * 3_600_000, '2 d 1 h'],
  ])('%d reads %s', (milliseconds, text) => {
    expect(formatDuration(milliseconds)).toBe(text);
  });

  it('have two units at most, and none of them overflows into the next', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40 * 86_400_000 }), (milliseconds) => {
        const text = formatDuration(milliseconds);
        expect(text).toMatch(/^\d+ (ms|s|min|h|d)( \d+ (s|min|h))?$/);
        const parts = [...text.matchAll(/(\d+) (ms|s|min|h)/g)];
        for (const [, number, unit] of parts) {
          expect(Number(number)).toBeLessThan(unit === 'ms' ? 1_000 : unit === 'h' ? 48 : 60);
        }
      }),
    );
  });
});
