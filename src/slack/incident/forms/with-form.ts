import {
  type CommandPress,
  commandOf,
  type FieldsOf,
  isCommandOf,
} from '../../../domain/incident/actions/commands.ts';
import type { Incident } from '../../../domain/incident/incident.ts';
import { type Block, modal } from '../../kit/block-kit.ts';
import { incidentFormId } from '../../kit/ids.ts';
import type { ParsedForm } from '../../kit/parsed-form.ts';
import type { ActionButton, FormAction, FormContext } from '../actions/action.ts';
import { type FormAnswers, orderMetadata, readOrder } from './order.ts';

/** Defines the form of an action: what it asks and how that is read, which gives the command's fields. */
export function withForm<Press extends CommandPress>(
  { press }: { readonly press: Press },
  form: {
    readonly button: ActionButton;
    readonly offer?: string;
    readonly title: string;
    /** Above the form; without it, the title. */
    readonly heading?: (incident: Incident) => string;
    readonly submit: string;
    /** `shown`: by block, what fields show at first. */
    readonly ask: (
      incident: Incident,
      context: FormContext,
    ) => { readonly shown?: Readonly<Record<string, string>>; readonly blocks: readonly Block[] };
    readonly read: (answers: FormAnswers) => ParsedForm<FieldsOf<Press>>;
    readonly outcome: (incident: Incident, command: FieldsOf<Press>) => string;
  },
): FormAction<Press> {
  const { button, title, heading = () => title, submit } = form;
  return {
    ...{ kind: 'form', press, button, title, offer: form.offer ?? button.text },
    view: (incident, context) => {
      const { shown, blocks } = form.ask(incident, context);
      const metadata = orderMetadata(incident.id, shown);
      const callback = incidentFormId(press);
      return modal({ callback, title: heading(incident), submit, close: 'Cancel', metadata, blocks });
    },
    parse: (view) => {
      const { incident, answers } = readOrder(view);
      const read = form.read(answers);
      return read.ok ? { ok: true, values: { incident, command: commandOf(press, read.values) } } : read;
    },
    outcome: (incident, command) => {
      if (!isCommandOf(press, command)) throw new Error(`the form of ${press} led to ${command.press}`);
      return form.outcome(incident, command);
    },
  };
}
