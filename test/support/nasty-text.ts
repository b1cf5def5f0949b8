import fc from 'fast-check';

/** Everything that breaks careless messages: pings, fences, markup, terminal colours, turned direction, wide characters. */
export const NASTY =
  '<!channel> <@U0VICTIM> & ```rm``` `x` *b* \u001b[31mred\u001b[0m \u202etxt.exe \u0007\r\nnext 😀';

/** Nasty text of exactly this length in UTF-16 units. */
export const nasty = (length: number): string =>
  `${NASTY}${'😀&<'.repeat(Math.ceil(length / 4))}`.slice(0, length);

const PIECES = [
  ...[
    '<',
    '>',
    '&',
    '&lt;',
    '|',
    '`',
    '```',
    '*',
    '@',
    '<!channel>',
    '<@U0VICTIM>',
    '<!subteam^S1>',
    '<#C1>',
  ],
  ...[
    '\u001b[31m',
    '\u001b]0;title\u0007',
    '\u001b',
    '\u0000',
    '\u0007',
    '\u000b',
    '\u0085',
    '\u202e',
    '\u2066',
  ],
  ...['\r', '\n', '\r\n', '\u2028', '\u2029', ' ', '\t', '\ud83d', '\ude00', '😀', '…', 'word'],
];

/** Any text at all, with what is nasty in it more often than chance has it. */
export const anyText: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: 'binary', maxLength: 4 })), { maxLength: 40 })
  .map((pieces) => pieces.join(''));
