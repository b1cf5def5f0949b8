import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cut, cutWithin, harmless, onOneLine } from '../../../src/words/sanitize.ts';
import { anyText } from '../../support/nasty-text.ts';

/** All that no reader may ever get: controls but tab and newline, turned direction, halves, odd line ends. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const HARM = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\p{Cs}]/u;

describe('foreign text', () => {
  it('loses the colours and titles of terminals', () => {
    expect(harmless('\u001b[1;31mred\u001b[0m \u001b]0;title\u0007text')).toBe('red text');
  });

  it('shows what would deceive: controls, turned direction, halves of characters', () => {
    expect(harmless('a\u0007b\u202ec\ud83dd\u001b')).toBe('a\ufffdb\ufffdc\ufffdd\ufffd');
  });

  it('has one kind of line end', () => {
    expect(harmless('a\r\nb\rc\u2028d\u2029e\nf')).toBe('a\nb\nc\nd\ne\nf');
  });

  it('is one line where one is asked for, and no longer than that', () => {
    expect(onOneLine(' a\n\n b\u2028c\td ', 80)).toBe('a b c d');
    expect(onOneLine('a long story', 6)).toBe('a lon…');
    expect(onOneLine('\u001b[31mred\u001b[0m', 3)).toBe('red');
  });

  it('can do no harm, whatever it is, nor when it is looked at twice', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 60 }), (typed, longest) => {
        expect(harmless(typed)).not.toMatch(HARM);
        expect(harmless(harmless(typed))).toBe(harmless(typed));
        expect(onOneLine(typed, longest)).not.toMatch(/[\n\r]/);
        expect(onOneLine(typed, longest)).not.toMatch(HARM);
        expect(onOneLine(typed, longest).length).toBeLessThanOrEqual(longest);
      }),
    );
  });
});

it('cuts between characters, never through one, and says that it did', () => {
  expect(cut('short', 5)).toBe('short');
  expect(cut('a story', 4)).toBe('a s…');
  expect(cut('😀😀😀', 4)).toBe('😀…');
  expect(cut('😀😀😀', 5)).toBe('😀😀…');
  expect(cut('story', 0)).toBe('…');
});

it('cuts in the middle where both ends matter, and not through a character', () => {
  expect(cutWithin('release-1', 9)).toBe('release-1');
  expect(cutWithin('release-2026-01', 8)).toBe('rel…6-01');
  expect(cutWithin('😀😀😀😀😀', 5)).toBe('😀…😀');
});
