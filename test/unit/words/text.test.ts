import { describe, expect, it } from 'vitest';
import { code, line } from '../../../src/words/parts.ts';
import { joined, text } from '../../../src/words/text.ts';

const typed = '<@U1> \u202etxt';

describe('a sentence', () => {
  it('takes a string for foreign, so that nothing typed is ever taken for ours', () => {
    expect(text`It is ${typed} already.`).toEqual([
      { kind: 'ours', text: 'It is ' },
      { kind: 'foreign', text: '<@U1> \ufffdtxt' },
      { kind: 'ours', text: ' already.' },
    ]);
  });

  it('holds other texts and numbers', () => {
    expect(text`${text`No ${code('shop')}`}, ${3} others`).toEqual([
      { kind: 'ours', text: 'No ' },
      { kind: 'code', text: 'shop' },
      { kind: 'ours', text: ', ' },
      { kind: 'ours', text: '3' },
      { kind: 'ours', text: ' others' },
    ]);
  });
});

it('joins texts with something between each two', () => {
  expect(joined([], ', ')).toEqual([]);
  expect(joined([line('a', 9), 'b', 'c'], ' or ').map((part) => 'text' in part && part.text)).toEqual([
    'a',
    ' or ',
    'b',
    ' or ',
    'c',
  ]);
});
