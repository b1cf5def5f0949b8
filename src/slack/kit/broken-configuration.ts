import type { Problem } from '../../domain/problem/problem.ts';
import { inlineCode, oneLine } from './text.ts';

const SHOWN = 3;

/** Why a request came to nothing while a file is broken (mrkdwn): where, what was expected and found, what to do. */
export function brokenConfigurationText(problems: readonly Problem[]): string {
  const errors = problems.filter(({ level }) => level === 'error');
  const files = [...new Set(errors.map(({ file }) => file))].map((file) => inlineCode(file));
  const more = errors.length - SHOWN;
  return [
    `:warning: ${files.join(' and ')} can't be used as it stands there now, so nothing was done.`,
    ...errors.slice(0, SHOWN).map(line),
    ...(more > 0 ? [`…and ${more} more, which \`walkback validate\` shows`] : []),
    'Mend it, or tell whoever edits it; then try again.',
  ].join('\n');
}

function line({ file, line, column, what, expected, found }: Problem): string {
  const place = `${inlineCode(file)}, line ${line}, column ${column}`;
  const instead = found === undefined ? '' : `, found ${oneLine(found, 150)}`;
  return `• ${place}: ${inlineCode(what)}: expected ${oneLine(expected, 200)}${instead}`;
}
