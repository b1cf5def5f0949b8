import type { Problem } from '../domain/problem/problem.ts';
import { code, line, picture } from './parts.ts';
import { joined, type Text, text } from './text.ts';

const SHOWN = 3;

/** Why a request came to nothing while a file is broken: where, what was expected and found, and what to do. */
export function brokenConfigurationWords(problems: readonly Problem[]): Text {
  const errors = problems.filter(({ level }) => level === 'error');
  const files = [...new Set(errors.map(({ file }) => file))].map((file) => code(file));
  const more = errors.length - SHOWN;
  return joined(
    [
      text`${picture('warning')} ${joined(files, ' and ')} can't be used as it stands there now, so nothing was done.`,
      ...errors.slice(0, SHOWN).map(place),
      ...(more > 0 ? [text`…and ${more} more, which ${code('walkback validate')} shows`] : []),
      text`Mend it, or tell whoever edits it; then try again.`,
    ],
    '\n',
  );
}

function place({ file, line: row, column, what, expected, found }: Problem): Text {
  const instead = found === undefined ? [] : text`, found ${line(found, 150)}`;
  return text`• ${code(file)}, line ${row}, column ${column}: ${code(what)}: expected ${line(expected, 200)}${instead}`;
}
