import type { Refused } from '../../domain/refusal.ts';
import { withServiceNamed } from '../../domain/team/service-named.ts';
import { unquoted } from '../../domain/typed-name.ts';
import type { Message } from '../../slack/kit/block-kit.ts';
import type { HelpLine } from '../../slack/kit/help-lines.ts';
import { below, textMessage } from '../../slack/kit/message.ts';
import { inlineCode } from '../../slack/kit/text.ts';
import type { Answering, Handling } from './inbound.ts';

/** What is answered: a message for the person alone, or a form. */
export type Answer = Said | Form;
export type Said = { readonly kind: 'message'; readonly message: Message };
export type Form = {
  readonly kind: 'form';
  /** Opens it by the trigger of a slash command; refused where it is not for this person. */
  readonly open: (triggerId: string) => Promise<{ readonly kind: 'opened' } | Refused>;
  /** Offers it by a button where there is no trigger: Slack opens a form only from a click. */
  readonly offer: Message;
  /** Told beside the form (mrkdwn). */
  readonly aside?: string;
};

export const say = (message: Message): Said => ({ kind: 'message', message });

/** Who asks, by which it is decided what help tells them of. */
export type Who = Pick<Handling, 'person' | 'team'>;

/** Where it was typed; `threadTs` is the root of a thread, in which slash commands don't work. */
export type Place = { readonly channel: string; readonly threadTs?: string };

export type Asked<Given = Handling> = Given & {
  /** How they address the bot, so that they are told commands that work there: "/rollback", "@walkback rollback". */
  readonly typed: string;
  readonly place: Place;
  /** The sub-commands that this person may use. */
  readonly help: readonly HelpLine[];
  /** The sub-command that a word which is none most likely means, as it is typed. */
  readonly nearestCommand: (word: string) => string | undefined;
};

/** For `words`, none: it means whatever is no other's word, and gets that word too. */
export const ANY_OTHER_WORD: readonly string[] = [];

type Definition<Words, Given> = {
  /** What is typed to mean it, in lower case; the first stands in help, and '' is nothing typed. */
  readonly words: readonly string[];
  /** What may follow, such as "SERVICE [TARGET]"; told to whoever said too little. */
  readonly usage: string;
  /** What they begin with is a service, by its name or its title: it is given by its name. */
  readonly ofService?: true;
  /** How many words of what follows count; left out, all. Who says more is told that the rest was ignored. */
  readonly most?: number;
  /** Its line in help, with who may use it (left out: anybody); a `usage` of its own where help says less. */
  readonly help?: {
    readonly usage?: string;
    readonly does: string;
    readonly mayUse?: (who: Who) => boolean;
  };
  /** What was said after the word; undefined is too little. */
  readonly parse: (words: readonly string[]) => Words | undefined;
  readonly answer: (said: Words, asked: Asked<Given>) => Promise<Answer>;
};

type Ready<Kind, Given> = Pick<Definition<never, Given>, 'words' | 'usage' | 'help'> & {
  readonly kind: Kind;
  readonly answer: (words: readonly string[], asked: Asked<Given>) => Promise<Answer>;
};

/** A sub-command of a slash command, as registries list it. */
export type SubCommand = Ready<'decides', Handling> | Ready<'tells', Answering>;

/** One that decides, plans or opens a form: by the files as they are. */
export const subCommand = <Words>(definition: Definition<Words, Handling>): SubCommand => ({
  kind: 'decides',
  ...ready(definition),
});

/** One that only tells: also while a file is broken, by what could last be read. */
export const tellingSubCommand = <Words>(definition: Definition<Words, Answering>): SubCommand => ({
  kind: 'tells',
  ...ready(definition),
});

function ready<Words, Given extends Who>({
  parse,
  answer,
  most,
  ofService,
  ...rest
}: Definition<Words, Given>) {
  const { words, usage } = rest;
  return {
    ...rest,
    answer: async (all: readonly string[], asked: Asked<Given>): Promise<Answer> => {
      const typedWords = ofService ? withServiceNamed(asked.team, all) : all;
      const said = parse(most === undefined ? typedWords : typedWords.slice(0, most));
      if (said === undefined)
        return say(textMessage(`That needs a little more: \`${typedOf(asked.typed, words, usage)}\``));
      const ignored = most === undefined ? '' : typedWords.slice(most).join(' ');
      const answered = await answer(said, asked);
      return ignored === '' ? answered : withIgnored(answered, ignored);
    },
  };
}

function withIgnored(answer: Answer, ignored: string): Answer {
  const aside = `I took no notice of ${inlineCode(ignored, LONGEST_IGNORED)}.`;
  return answer.kind === 'form' ? { ...answer, aside } : say(below(aside, answer.message));
}

const LONGEST_IGNORED = 100;

/** Words as the text that they were; one in quotes, without them. */
export const asText = (words: readonly string[]): string => unquoted(words.join(' '));

/** A sub-command as it is typed. */
export const typedOf = (typed: string, [word = '']: readonly string[], usage: string): string =>
  [typed, word, usage].filter((part) => part !== '').join(' ');
