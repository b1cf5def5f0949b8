import type { Command } from 'commander';

/** A command whose complaints about what was typed are sentences, with the nearest that there is and where to look. */
export function inSentences(command: Command): Command {
  const name = [command.parent?.name(), command.name()].filter((part) => part !== undefined).join(' ');
  return command.showSuggestionAfterError().configureOutput({
    outputError: (text, write) => write(`${toSentence(text)} ${name} --help says what there is.\n`),
  });
}

/** "error: unknown option '--stp'\n(Did you mean --stop?)" is "There is no option --stp; did you mean --stop?" */
function toSentence(text: string): string {
  const [, problem = text] = /^error: ([^\n]*)/.exec(text) ?? [];
  const meant = /\(Did you mean (?:one of )?([^?]*)\?\)/.exec(text)?.[1];
  const said = SENTENCES.reduce(
    (words, [pattern, sentence]) => words.replace(pattern, sentence),
    problem.trim(),
  );
  return `${said.replace(/\.$/, '')}${meant === undefined ? '.' : `; did you mean ${meant}?`}`;
}

const SENTENCES: readonly (readonly [RegExp, string])[] = [
  [/^unknown option '([^']*)'$/, 'There is no option $1'],
  [/^unknown command '([^']*)'$/, 'There is no command $1'],
  [/^option '([^']*)' argument missing$/, 'The option $1 needs a value'],
  [/^missing required argument '([^']*)'$/, 'The $1 is missing'],
  [
    /^command-argument value '([^']*)' is invalid for argument '([^']*)'\. Allowed choices are (.*)\.$/,
    'There is no $2 $1; there are $3',
  ],
  [/^too many arguments.* Expected 0 arguments.*$/, 'It takes nothing behind its name'],
  [
    /^too many arguments.* Expected (\d+) arguments? but got (\d+).*$/,
    'It takes at most $1 behind its name, and got $2',
  ],
];
