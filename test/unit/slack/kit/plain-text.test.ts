import { expect, it } from 'vitest';
import { firstLine, plainText } from '../../../../src/slack/kit/plain-text.ts';

it.each([
  ['a &lt; b &amp;&amp; c &gt; d', 'a < b && c > d'],
  ['&amp;lt;', '&lt;'],
  ['see <https://example.com/a?b=1&amp;c=2|the graph>', 'see the graph'],
  ['see <https://example.com>', 'see https://example.com'],
  ['<@U0ADA> says <#C1|incidents>', '@U0ADA says incidents'],
])('“%s” is read as people see it', (mrkdwn, text) => {
  expect(plainText(mrkdwn)).toBe(text);
});

it('the first line that says something makes a title', () => {
  expect(firstLine('\n  \n Payments are down \nsince five')).toBe('Payments are down');
  expect(firstLine('')).toBe('');
});
