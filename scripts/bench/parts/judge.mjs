/**
 * One line of the result. `ours` and `theirs` are in `unit`; `theirs` is left out where there is nothing to compare
 * with. The bar is the most that is allowed of one of: `ratio` (ours to theirs), `difference`, `ours`.
 */
export function judge({ what, unit, ours, against = null, theirs = null, bar }) {
  const ratio = theirs === null ? null : ours / theirs;
  const [[measure, most]] = Object.entries(bar);
  const measured = { ratio, difference: ours - (theirs ?? 0), ours }[measure];
  return { what, unit, ours, against, theirs, ratio, bar: WORDS[measure](most, unit), met: measured <= most };
}

const WORDS = {
  ratio: (most) => `at most ${most}x`,
  difference: (most, unit) => `at most ${most} ${unit} more`,
  ours: (most, unit) => `at most ${most} ${unit}`,
};
