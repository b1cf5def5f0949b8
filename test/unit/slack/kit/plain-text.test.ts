import fc from 'fast-check';
import { expect, it } from 'vitest';
import { firstLine, plainText } from '../../../../src/slack/kit/plain-text.ts';
import { escapeText } from '../../../../src/slack/kit/text.ts';

it.each([
  ['a &lt; b &amp;&amp; c &gt; d', 'a < b && c > d'],
  ['&amp;lt;', '&lt;'],
  ['see <https://example.com/a?b=1&amp;c=2|the graph>', 'see the graph'],
  ['see <https://example.com>', 'see https://example.com'],
  ['<@U0ADA> says <#C1|incidents>', '@U0ADA says #incidents'],
  ['<@U0ADA|Ada> and <!subteam^S1|@seniors> and <!subteam^S1>', '@Ada and @seniors and @S1'],
  ['<!here> <!channel|channel> <!everyone>', '@here @channel @everyone'],
  ['since <!date^1795582087^{time}|03:00 UTC>', 'since 03:00 UTC'],
  ['ask <mailto:ops@example.com|ops@example.com> or <tel:+4912|+4912>', 'ask ops@example.com or +4912'],
  ['ask <mailto:ops@example.com>', 'ask ops@example.com'],
  ['5 &gt; 3 and <https://a.b/?q=1&amp;r=2>', '5 > 3 and https://a.b/?q=1&r=2'],
  ['&amp;amp;gt; is typed', '&amp;gt; is typed'],
])('“%s” is read as people see it', (mrkdwn, text) => {
  expect(plainText(mrkdwn)).toBe(text);
});

it('what is drawn again of what was typed says the same, and pings and links nothing', () => {
  const piece = fc.constantFrom(
    ...[
      '<@U1>',
      '<!here>',
      '<!channel|x>',
      '<https://a.b|c>',
      '&lt;!here&gt;',
      '&amp;lt;',
      '`',
      '*',
      '<',
      '>',
      '|',
    ],
    ...['@here', 'a', ' ', '\n', '```', '<!subteam^S1>', '&gt;'],
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const read = plainText(pieces.join(''));
      const drawn = escapeText(read);
      expect(drawn).not.toMatch(/<[@!#h]/);
      expect(plainText(drawn).replaceAll('\u200b', '')).toBe(read.trim());
    }),
  );
});

it('the first line that says something makes a title', () => {
  expect(firstLine('\n  \n Payments are down \nsince five')).toBe('Payments are down');
  expect(firstLine('')).toBe('');
});
