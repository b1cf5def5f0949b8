import { type Message, section } from '../kit/block-kit.ts';
import { type HelpLine, helpLines } from '../kit/help-lines.ts';
import { message } from '../kit/message.ts';

/** What a person may do beside commands, as far as their roles go. */
type Permissions = { readonly request: boolean; readonly approve: boolean; readonly decide: boolean };

/** What `/rollback help` answers: `lines` are the commands that this person may use. */
export function rollbackHelpMessage({
  lines,
  may,
}: {
  readonly lines: readonly HelpLine[];
  readonly may: Permissions;
}): Message {
  const buttons = [
    may.approve ? 'You may approve and deny requests.' : '',
    may.decide ? 'You may decide about failed steps.' : '',
    may.request ? '' : 'Your roles don’t let you ask for rollbacks; an admin changes that in walkback.yml.',
  ].filter((text) => text !== '');
  const text = [...helpLines(lines), ...(buttons.length > 0 ? ['', ...buttons] : [])].join('\n');
  return message(text, [section(text)]);
}
