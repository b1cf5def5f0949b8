import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawMrkdwn } from '../../../../src/slack/kit/mrkdwn.ts';
import {
  channel,
  code,
  exactCode,
  instant,
  line,
  link,
  person,
  picture,
  quotation,
  strong,
} from '../../../../src/words/parts.ts';
import { text } from '../../../../src/words/text.ts';
import { anyText } from '../../../support/nasty-text.ts';

const at = '2026-01-05T03:30:00.000Z';

describe('Slack draws', () => {
  it.each([
    ['people', person('U0ADA'), '<@U0ADA>'],
    ['user groups', person('S0LEADS'), '<!subteam^S0LEADS>'],
    ['channels', channel('C0SHOP'), '<#C0SHOP>'],
    [
      'instants in each reader’s own time zone',
      instant(at),
      '<!date^1767583800^{date_short_pretty} {time}|2026-01-05 03:30 UTC>',
    ],
    ['instants without the day', instant(at, 'time'), '<!date^1767583800^{time}|2026-01-05 03:30 UTC>'],
    ['code, which can’t end itself', code('a`b <c>'), '`aˋb &lt;c&gt;`'],
    ['what is strong', strong('Break <glass>'), '*Break &lt;glass&gt;*'],
    ['links', link('https://example.com/?a=1&b', 'a > b'), '<https://example.com/?a=1&amp;b|a &gt; b>'],
    ['quotations line by line', quotation('one <\n\ntwo'), '> one &lt;\n>\n> two'],
    ['pictures', picture('pushpin'), ':pushpin:'],
    ['sentences', text`A & B: ${'<!here>'}, ${2}`, 'A &amp; B: &lt;!here&gt;, 2'],
  ])('%s', (_, drawn, mrkdwn) => {
    expect(drawMrkdwn(drawn)).toBe(mrkdwn);
  });

  it('no fence, where typed text and code meet', () => {
    expect(drawMrkdwn(text`${'``'}${code('x')}${'``'}`)).toBe('`\u200b`\u200b`x`\u200b`\u200b`');
    expect(drawMrkdwn(text`${code('')}${code('x')}`)).toBe('` ``x`');
  });
});

const PAGE = 'https://example.com/?a';

it('lets no foreign text ping, link, begin a block or lose half a character, whatever it is and wherever it stands', () => {
  fc.assert(
    fc.property(anyText, anyText, fc.integer({ min: 1, max: 40 }), (typed, more, longest) => {
      const said = text`${typed}${code(typed, longest)}${exactCode(more)}${strong(typed)}${line(more, longest)}${quotation(typed)}${link(PAGE, more)}${more}`;
      const foreign = drawMrkdwn(said).replace(`<${PAGE}|`, '');
      expect(foreign).not.toContain('<');
      expect(foreign).not.toContain('```');
      expect(foreign).not.toMatch(/&(?!amp;|lt;|gt;)/);
      expect(foreign).not.toMatch(/\p{Cs}/u);
    }),
  );
});

it('makes a person, a channel or an instant of an id or a time only', () => {
  fc.assert(
    fc.property(anyText, (typed) => {
      const drawn = [person(typed), channel(typed), instant(typed)].map(drawMrkdwn);
      const made =
        /^(<@[UW][A-Z0-9]+>|<!subteam\^S[A-Z0-9]+>|<#[CG][A-Z0-9]+>|<!date\^-?\d+\^[^|<>]*\|[^|<>]*>)$/;
      for (const one of drawn) expect(one.includes('<') && !made.test(one)).toBe(false);
    }),
  );
});
