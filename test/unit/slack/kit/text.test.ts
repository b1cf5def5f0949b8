import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  codeBlock,
  codeBlocks,
  escapeText,
  namePeople,
  oneLine,
  truncate,
  truncateMrkdwn,
} from '../../../../src/slack/kit/text.ts';
import { NASTY } from '../../../support/nasty-text.ts';

describe('text that people typed', () => {
  it('can ping nobody', () => {
    expect(escapeText('<!channel> <@U1> A & B')).toBe('&lt;!channel&gt; &lt;@U1&gt; A &amp; B');
  });

  it('loses colours of terminals and shows characters that would deceive as such', () => {
    expect(escapeText('\u001b[31mred\u001b[0m a\u202eb\u0007')).toBe('red a\ufffdb\ufffd');
  });

  it('becomes one line where one line is asked for', () => {
    expect(oneLine('a\n\n  b\tc ', 80)).toBe('a b c');
  });
});

describe('names of people', () => {
  it('mention users and user groups, six at most', () => {
    expect(namePeople([])).toBe('');
    expect(namePeople(['U1', 'W2', 'S3'])).toBe('<@U1>, <@W2> or <!subteam^S3>');
    expect(namePeople(['S1', 'U2', 'U3', 'U4', 'U5', 'U6', 'U7', 'U8'])).toMatch(
      /^<!subteam\^S1>, .*<@U6> and 2 more$/,
    );
  });
});

describe('a code block', () => {
  it('can not be left by its contents', () => {
    const block = codeBlock('before\n```\n<!channel>\n````', 500);
    expect(block.split('```')).toHaveLength(3);
    expect(block).not.toContain('<!');
  });

  it('keeps all of a long text when it may be several blocks', () => {
    const lines = Array.from({ length: 400 }, (_, index) => `line ${index}`).join('\n');
    const blocks = codeBlocks(lines, 500);
    const inside = blocks.map((block) => block.slice('```\n'.length, -'\n```'.length));
    expect(inside.join('\n')).toBe(lines);
    expect(Math.max(...blocks.map(({ length }) => length))).toBeLessThanOrEqual(500);
  });
});

describe('cutting', () => {
  it('says that something was cut, and splits neither a character nor an entity', () => {
    expect(truncate('😀😀😀', 4)).toBe('😀…');
    expect(truncate('a &amp; b', 6)).toBe('a …');
    expect(truncate('short', 5)).toBe('short');
  });

  it('closes a code block and drops half a mention', () => {
    expect(truncateMrkdwn('```\nmany words of output\n```', 20)).toMatch(/^```\nmany.*…\n```$/);
    expect(truncateMrkdwn('hello world and <@U123456>', 25)).toBe('hello world and …');
  });

  it('never exceeds its limit, whatever the text', () => {
    const texts = fc.oneof(fc.string({ unit: 'binary' }), fc.constant(NASTY.repeat(20)));
    fc.assert(
      fc.property(texts, fc.integer({ min: 20, max: 300 }), (text, limit) => {
        expect(truncateMrkdwn(escapeText(text), limit).length).toBeLessThanOrEqual(limit);
        expect(codeBlock(text, limit).length).toBeLessThanOrEqual(limit);
        expect(codeBlock(text, limit).split('```')).toHaveLength(3);
      }),
    );
  });
});
