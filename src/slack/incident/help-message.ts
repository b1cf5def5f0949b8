import { type Message, section } from '../kit/block-kit.ts';
import { type HelpLine, helpLines } from '../kit/help-lines.ts';
import { message } from '../kit/message.ts';

/** What `/incident help` answers: `lines` are the commands that this person may use. */
export function incidentHelpMessage({
  lines,
  mayRespond,
}: {
  readonly lines: readonly HelpLine[];
  readonly mayRespond: boolean;
}): Message {
  const text = [
    ...helpLines(lines),
    '',
    mayRespond
      ? 'INC is an id such as INC-12 or just 12; without one, the incident of the thread is meant, or the only open one. With a text it is done at once; without one, a form opens.'
      : 'Your roles don’t let you declare incidents or work on them; an admin changes that in walkback.yml.',
  ].join('\n');
  return message(text, [section(text)]);
}
