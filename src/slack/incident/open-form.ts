import { actions, button, type Message, section } from '../kit/block-kit.ts';
import { type DeclareButton, encodeButton } from '../kit/button-values.ts';
import { ACTION, incidentActionId } from '../kit/ids.ts';
import { message } from '../kit/message.ts';
import { oneLine } from '../kit/text.ts';
import { type FormPress, formAction } from './actions/lookup.ts';

/** Answers a mention that asks for a declaration: Slack opens a form only from a click. */
export const declareOffer = (source: DeclareButton): Message =>
  offer(
    [
      source.title === undefined
        ? 'Press the button to declare it.'
        : `Press the button to declare “${oneLine(source.title, LONGEST_TITLE)}”.`,
      ...(source.threadTs === undefined ? [] : ['What this thread says is filled in.']),
    ].join(' '),
    {
      action: ACTION.openDeclareForm,
      text: 'Declare an incident',
      value: encodeButton(source),
    },
  );

const LONGEST_TITLE = 150;

/** The same for forms about an incident that there is. */
export const incidentFormOffer = (form: FormPress, { incident }: { readonly incident: string }): Message =>
  offer(`Press the button for the form about *${incident}*.`, {
    action: incidentActionId(form),
    text: formAction(form).offer,
    value: encodeButton({ incident }),
  });

const offer = (
  text: string,
  parts: { readonly action: string; readonly text: string; readonly value: string },
): Message => message(text, [section(text), actions(button({ ...parts, style: 'primary' }))]);
