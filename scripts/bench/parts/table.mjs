const HEAD = ['what', 'ours', 'against', 'theirs', 'ratio', 'bar', 'met'];

/** Results as text in columns. */
export function formatTable(results) {
  const rows = [HEAD, ...results.map(toCells)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]))
      .join('  ')
      .trimEnd(),
  );
  return lines.join('\n');
}

function toCells({ what, unit, ours, against, theirs, ratio, bar, met }) {
  const amount = (value) => (value === null ? '-' : `${value.toFixed(value < 100 ? 2 : 0)} ${unit}`);
  const times = ratio === null ? '-' : `${ratio.toFixed(2)}x`;
  return [what, amount(ours), against ?? '-', amount(theirs), times, bar, met ? 'yes' : 'no'];
}
