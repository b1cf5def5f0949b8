import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createTemplateCompiler } from '../../../../src/adapters/templates/compile-template.ts';
import { parseTemplate } from '../../../../src/adapters/templates/parse-template.ts';
import { drawMrkdwn } from '../../../../src/slack/kit/mrkdwn.ts';
import {
  channelRef,
  escapeText,
  inlineCode,
  mention,
  oneLine,
  slackDate,
  timeOnly,
} from '../../../../src/slack/kit/text.ts';
import { quotation } from '../../../../src/words/parts.ts';
import type { Draw } from '../../../../src/words/text.ts';
import { anyText } from '../../../support/nasty-text.ts';

function compile(template: string, draw: Draw = drawMrkdwn) {
  const parsed = parseTemplate('one.hbs', template);
  if (!parsed.ok) throw new Error(parsed.problem.what);
  return createTemplateCompiler(draw)(parsed.program);
}

/** What is done to every rendered template. */
const tidy = (mrkdwn: string): string =>
  mrkdwn
    .replace(/[ \t]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();

/** The same said by a helper of templates, and by what cards and answers are made with. */
const TWO_WAYS: readonly (readonly [string, (typed: string) => string])[] = [
  ['{{typed}}', escapeText],
  ['{{line typed}}', (typed) => oneLine(typed, 200)],
  ['{{code typed}}', (typed) => inlineCode(typed)],
  ['{{quote typed}}', (typed) => drawMrkdwn(quotation(typed))],
  ['{{mention typed}}', mention],
  ['{{channel typed}}', channelRef],
  ['{{date typed}}', slackDate],
  ['{{time typed}}', timeOnly],
  ['{{join list " or "}}', (typed) => [typed, typed].map((each) => oneLine(each, 200)).join(' or ')],
];

it.each(TWO_WAYS)('%s draws what the rest of Slack’s messages would', (template, kit) => {
  const render = compile(`[${template}]`);
  const ids = fc.constantFrom('U0ADA', 'S0LEADS', 'C0SHOP', '2026-01-05T03:30:00.000Z');
  fc.assert(
    fc.property(fc.oneof({ weight: 5, arbitrary: anyText }, ids), (typed) => {
      expect(render({ typed, list: [typed, typed] })).toBe(tidy(`[${kit(typed)}]`));
    }),
  );
});

it('draws for each channel in its own way, also when several are rendered in turn', () => {
  const plain: Draw = (text) => text.map((part) => `(${part.kind})`).join('');
  const template = '{{typed}} {{line typed}}';
  const slack = compile(template);
  const other = compile(template, plain);
  const data = { typed: '<b>' };
  for (let turn = 0; turn < 2; turn += 1) {
    expect(slack(data)).toBe('&lt;b&gt; &lt;b&gt;');
    expect(other(data)).toBe('(foreign) (foreign)');
  }
});
