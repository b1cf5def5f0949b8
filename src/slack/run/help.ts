import { type Message, section } from '../kit/block-kit.ts';
import { message } from '../kit/message.ts';

/** What a person may do, as far as their roles go. */
export type Permissions = {
  readonly request: boolean;
  readonly approve: boolean;
  readonly decide: boolean;
  readonly unlock: boolean;
};

type Line = { readonly command: string; readonly does: string; readonly for: (may: Permissions) => boolean };

const anyone = (): boolean => true;

const LINES: readonly Line[] = [
  { command: '', does: 'ask for a rollback', for: (may) => may.request },
  { command: 'SERVICE [TARGET]', does: 'the same, filled in', for: (may) => may.request },
  { command: 'plan SERVICE [TARGET]', does: 'see what would happen; starts nothing', for: anyone },
  { command: 'list', does: 'the latest rollbacks', for: anyone },
  { command: 'status [RUN]', does: 'how a rollback stands', for: anyone },
  { command: 'cancel RUN', does: 'stop a rollback', for: (may) => may.request || may.decide },
  { command: 'unlock SERVICE ENVIRONMENT REASON', does: 'end whatever holds it', for: (may) => may.unlock },
  { command: 'help', does: 'this list', for: anyone },
];

/** What `help` answers: only the commands that this person may use. */
export function helpMessage(
  may: Permissions,
  { command = '/rollback' }: { readonly command?: string } = {},
): Message {
  const lines = LINES.filter((line) => line.for(may)).map(
    (line) => `\`${`${command} ${line.command}`.trim()}\` ${line.does}`,
  );
  const buttons = [
    may.approve ? 'You may approve and deny requests.' : '',
    may.decide ? 'You may decide about failed steps.' : '',
    may.request ? '' : 'Your roles don’t let you ask for rollbacks; an admin changes that in walkback.yml.',
  ].filter((text) => text !== '');
  const text = [...lines, ...(buttons.length > 0 ? ['', ...buttons] : [])].join('\n');
  return message(text, [section(text)]);
}
