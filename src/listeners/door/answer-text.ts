import { nearest } from '../../domain/problem/nearest.ts';
import { typedName } from '../../domain/typed-name.ts';
import type { HelpLine } from '../../slack/kit/help-lines.ts';
import { undecorated } from '../../slack/kit/plain-text.ts';
import type { Inbound, InboundRunner } from './inbound.ts';
import { type Answer, type Asked, type Place, type SubCommand, typedOf, type Who } from './sub-command.ts';

/** A slash command, without its slash, and what it knows, in the order of help. */
export type SlashCommand = { readonly name: string; readonly commands: readonly SubCommand[] };

type Text = {
  readonly commands: readonly SubCommand[];
  /** What follows the slash command, or the mention with its name. */
  readonly text: string;
  readonly typed: string;
  readonly place: Place;
};

/** Finds the sub-command that a text means, and hands what it answers to `give`. */
export function answerText(
  inbound: InboundRunner,
  request: Inbound,
  { commands, text, typed, place }: Text,
  give: (answer: Answer, who: Who) => Promise<void>,
): Promise<void> {
  const { command, words } = findSubCommand(commands, text);
  const asked = <Given extends Who>(given: Given): Asked<Given> => ({
    ...given,
    ...{ typed, place, help: helpFor(commands, given, typed) },
    nearestCommand: (word) => nearestCommand(commands, given, { word, typed }),
  });
  return command.kind === 'decides'
    ? inbound.handle(request, async (given) => give(await command.answer(words, asked(given)), given))
    : inbound.answer(request, async (given) => give(await command.answer(words, asked(given)), given));
}

/** The sub-command that is meant, and the words for it. Who asks for help with one gets the help. */
export function findSubCommand(
  commands: readonly SubCommand[],
  text: string,
): { readonly command: SubCommand; readonly words: readonly string[] } {
  const all = wordsOf(text);
  const [word = ''] = all;
  const rest = wordsOf(undecorated(all.slice(1).join(' ')));
  const named = commands.find(({ words }) => words.includes(asCommand(word)));
  const help = commands.find(({ words }) => words.includes(HELP));
  if (help !== undefined && (isHelp(word) || asksForHelp(rest, named !== undefined)))
    return { command: help, words: [] };
  if (named !== undefined) return { command: named, words: rest };
  const other = commands.find(isForAnyOther);
  if (other === undefined) throw new Error('a slash command has one sub-command for any other word');
  return { command: other, words: all };
}

const wordsOf = (text: string): readonly string[] => text.split(/\s+/).filter((word) => word !== '');

const HELP = 'help';

/** Whatever it is dressed in, it is no longer nothing. */
const asCommand = (word: string): string => typedName(word).toLowerCase() || word;

/** Phones make one long dash of two short ones. */
export const isHelp = (word: string): boolean =>
  [word, typedName(word)].some((said) => /^(help|\?|(--?|–|—)(help|h|\?))$/i.test(said));

/** "--help" means that wherever it ends a line; in words that may be anything else, "help" alone doesn't. */
const asksForHelp = (rest: readonly string[], isNamed: boolean): boolean => {
  const last = rest.at(-1) ?? '';
  return isHelp(last) && (/^[–—-]/.test(last) || (isNamed && rest.length === 1));
};

const isForAnyOther = ({ words }: SubCommand): boolean => words.length === 0;

/** What help tells this person of. */
const helpFor = (commands: readonly SubCommand[], who: Who, typed: string): readonly HelpLine[] =>
  commands.flatMap(({ words, usage, help }) =>
    help === undefined || help.mayUse?.(who) === false
      ? []
      : [{ command: typedOf(typed, words, help.usage ?? usage), does: help.does }],
  );

function nearestCommand(
  commands: readonly SubCommand[],
  who: Who,
  { word, typed }: { readonly word: string; readonly typed: string },
): string | undefined {
  const usable = commands.filter(({ help }) => help !== undefined && help.mayUse?.(who) !== false);
  const near = nearest(
    word,
    usable.flatMap(({ words }) => words.filter((known) => known !== '')),
  );
  return near === undefined ? undefined : `${typed} ${near}`;
}
