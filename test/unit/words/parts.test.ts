import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  channel,
  code,
  doer,
  exactCode,
  instant,
  line,
  link,
  people,
  person,
  quotation,
  report,
} from '../../../src/words/parts.ts';
import { anyText } from '../../support/nasty-text.ts';

describe('people, channels and instants', () => {
  it('are made of ids and ISO times', () => {
    expect(person('U0ADA')).toEqual([{ kind: 'person', id: 'U0ADA' }]);
    expect(person('W0ADA')).toEqual([{ kind: 'person', id: 'W0ADA' }]);
    expect(person('S0LEADS')).toEqual([{ kind: 'group', id: 'S0LEADS' }]);
    expect(channel('C0SHOP')).toEqual([{ kind: 'channel', id: 'C0SHOP' }]);
    expect(instant('2026-01-05T04:00:00.000+01:00')).toEqual([
      { kind: 'instant', at: Date.UTC(2026, 0, 5, 3), style: 'day-and-time' },
    ]);
  });

  it('are text where there is no such id or time', () => {
    for (const typed of ['<@U1>', 'U1|x', 'S0|<!channel>', '', 'somebody'])
      for (const make of [person, channel, instant])
        expect(make(typed)).toEqual([{ kind: 'foreign', text: typed }]);
  });

  it('name whoever did something, be it Walkback itself', () => {
    expect(doer({ kind: 'user', id: 'U0ADA' })).toEqual(person('U0ADA'));
    expect(doer({ kind: 'system', name: 'worker' })).toEqual([{ kind: 'ours', text: 'Walkback' }]);
  });

  it('name six of many', () => {
    const ids = ['U1', 'U2', 'U3', 'U4', 'U5', 'U6', 'U7', 'U8'];
    expect(people(ids).filter(({ kind }) => kind === 'person')).toHaveLength(6);
    expect(people(['U1'])).toEqual(person('U1'));
    expect(people([])).toEqual([]);
  });
});

it('links to pages only', () => {
  expect(link('https://example.com/a?b=1', 'message')).toEqual([
    { kind: 'link', url: 'https://example.com/a?b=1', label: 'message' },
  ]);
  for (const url of [
    '',
    'javascript:alert(1)',
    'https://a.example/|x',
    'https://a.example/ b',
    'https://<a>',
  ])
    expect(link(url, 'message')).toEqual([{ kind: 'foreign', text: 'message' }]);
});

it('quotes at most 1,000 characters and 20 lines', () => {
  expect(quotation('x'.repeat(5_000))).toEqual([{ kind: 'quotation', text: `${'x'.repeat(999)}…` }]);
  const [lines] = quotation('y\n'.repeat(400));
  expect(lines).toMatchObject({ text: `${'y\n'.repeat(19)}…` });
});

it('keeps code on one line and short, unless it is wanted as it is', () => {
  expect(code('a  b\nc')).toEqual([{ kind: 'code', text: 'a b c' }]);
  expect(code('abcdef', 4)).toEqual([{ kind: 'code', text: 'a…ef' }]);
  expect(exactCode('A=a  b')).toEqual([{ kind: 'code', text: 'A=a  b' }]);
});

it('keeps both ends of what a program said: the reason stands last', () => {
  const said = `the remote refused the push:\n${'remote: banner\n'.repeat(30)}needs a ticket number`;
  expect(report(said, 60)).toEqual([
    { kind: 'foreign', text: 'the remote refused the push: …: banner needs a ticket number' },
  ]);
  expect(code('a  b\nc', 80)).toEqual([{ kind: 'code', text: 'a b c' }]);
});

it('is never longer than asked for', () => {
  fc.assert(
    fc.property(anyText, fc.integer({ min: 1, max: 50 }), (typed, longest) => {
      for (const [part] of [line(typed, longest), code(typed, longest)])
        expect(part && 'text' in part ? part.text.length : 0).toBeLessThanOrEqual(longest);
    }),
  );
});
