import { type Message, section } from '../kit/block-kit.ts';
import { type HelpLine, helpLines } from '../kit/help-lines.ts';
import { message } from '../kit/message.ts';
import { inlineCode } from '../kit/text.ts';

/** What `/incident help` answers: `lines` are the commands that this person may use; `unknown` a word that is none. */
export function incidentHelpMessage({
  lines,
  mayRespond,
  unknown,
}: {
  readonly lines: readonly HelpLine[];
  readonly mayRespond: boolean;
  readonly unknown?: string | undefined;
}): Message {
  const text = [
    ...(unknown === undefined ? [] : [`I don't know ${inlineCode(unknown, 60)}. I know:`]),
    ...helpLines(lines),
    '',
    mayRespond
      ? 'INC is an id such as INC-12 or just 12; without one, the only open incident is meant.'
      : 'Your roles don’t let you declare incidents or work on them; an admin changes that in walkback.yml.',
  ].join('\n');
  return message(text, [section(text)]);
}
