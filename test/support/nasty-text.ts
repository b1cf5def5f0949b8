/** Everything that breaks careless messages: pings, fences, markup, terminal colours, turned direction, wide characters. */
export const NASTY =
  '<!channel> <@U0VICTIM> & ```rm``` `x` *b* \u001b[31mred\u001b[0m \u202etxt.exe \u0007\r\nnext 😀';

/** Nasty text of exactly this length in UTF-16 units. */
export const nasty = (length: number): string =>
  `${NASTY}${'😀&<'.repeat(Math.ceil(length / 4))}`.slice(0, length);
