import { type Message, section } from '../kit/block-kit.ts';
import { message } from '../kit/message.ts';
import { inlineCode } from '../kit/text.ts';

type Line = { readonly command: string; readonly does: string; readonly forAnyone?: true };

const LINES: readonly Line[] = [
  { command: '', does: 'declare an incident' },
  { command: 'list', does: 'the latest incidents', forAnyone: true },
  { command: 'show [INC]', does: 'how one stands', forAnyone: true },
  { command: 'timeline [INC]', does: 'everything that happened, in order', forAnyone: true },
  { command: 'update [INC]', does: 'say how it stands' },
  { command: 'severity [INC]', does: 'make it more or less severe' },
  { command: 'resolve [INC]', does: 'end it, with a summary' },
  { command: 'reopen [INC]', does: 'take the end back, within a day' },
  { command: 'help', does: 'this list', forAnyone: true },
];

/** What `help` answers: only the commands that this person may use. `unknown` is a word that was no command. */
export function incidentHelpMessage({
  mayRespond,
  typed,
  unknown,
}: {
  readonly mayRespond: boolean;
  readonly typed: string;
  readonly unknown?: string | undefined;
}): Message {
  const lines = LINES.filter((line) => mayRespond || line.forAnyone).map(
    (line) => `\`${`${typed} ${line.command}`.trim()}\` ${line.does}`,
  );
  const text = [
    ...(unknown === undefined ? [] : [`I don't know ${inlineCode(unknown, 60)}. I know:`]),
    ...lines,
    '',
    mayRespond
      ? 'INC is an id such as INC-12 or just 12; without one, the only open incident is meant.'
      : 'Your roles don’t let you declare incidents or work on them; an admin changes that in walkback.yml.',
  ].join('\n');
  return message(text, [section(text)]);
}
