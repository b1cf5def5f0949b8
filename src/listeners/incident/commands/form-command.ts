import type { IncidentCommand } from '../../../domain/incident/actions/commands.ts';
import { type Incident, isOver } from '../../../domain/incident/incident.ts';
import type { Refused } from '../../../domain/refusal.ts';
import { typedName } from '../../../domain/typed-name.ts';
import { actOnIncident } from '../../../engine/incident/act.ts';
import { loadIncident } from '../../../engine/streams/incidents.ts';
import { type FormPress, formAction } from '../../../slack/incident/actions/lookup.ts';
import { whatWasTyped } from '../../../slack/incident/list.ts';
import { incidentFormOffer } from '../../../slack/incident/open-form.ts';
import { textMessage } from '../../../slack/kit/message.ts';
import { explainRefusal } from '../../door/explain-refusal.ts';
import { openModal } from '../../door/open-modal.ts';
import {
  type Answer,
  type Asked,
  asText,
  type Said,
  type SubCommand,
  say,
  subCommand,
} from '../../door/sub-command.ts';
import { incidentForm, type Prefill } from '../incident-form.ts';
import { mayRespond } from './may-respond.ts';
import { incidentHere, incidentNamed, whichIncident } from './which-incident.ts';

/** What a text says: all that is needed, or what the form begins with. */
export type FromText =
  | { readonly kind: 'command'; readonly command: IncidentCommand }
  | { readonly kind: 'form'; readonly prefill: Prefill }
  | Refused;

/** A sub-command that does at once what the text after it says, and without a text opens a form about an incident. */
export const formCommand = ({
  word,
  text,
  form,
  does,
  fromText,
  isOver: wantsOver = false,
}: {
  readonly word: string;
  /** What the text is, in capitals, as help names it. */
  readonly text: string;
  readonly form: FormPress;
  readonly does: string;
  readonly fromText: (text: string, incident: Incident, asked: Asked) => Promise<FromText>;
  /** Whether it is for incidents that are over, rather than for open ones. */
  readonly isOver?: boolean;
}): SubCommand =>
  subCommand({
    words: [word],
    usage: `[INC] [${text}]`,
    help: { does, mayUse: mayRespond },
    parse: (words) => ({ words }),
    answer: async ({ words }, asked): Promise<Answer> => {
      const { named, said } = await incidentAndText(words, asked, wantsOver);
      const which = await whichIncident(asked, { named, word, said, isOver: wantsOver });
      if (which.kind === 'message') return which;
      const { incident } = which;
      if (said === '') return formAbout(incident, { form, prefill: {} }, asked);
      const read = await fromText(said, incident, asked);
      if (read.kind === 'refused')
        return say(textMessage(`${explainRefusal(read.refusal, asked)}\n${whatWasTyped(said)}`));
      return read.kind === 'form'
        ? formAbout(incident, { form, prefill: read.prefill }, asked)
        : act(incident, { form, command: read.command, said }, asked);
    },
  });

/**
 * "12 it is back" is about INC-12; "500 errors everywhere" is a text, unless INC-500 can be meant. In an incident's own
 * thread a number is never another one: that has to be named whole.
 */
async function incidentAndText(
  words: readonly string[],
  asked: Asked,
  wantsOver: boolean,
): Promise<{ readonly named: string | undefined; readonly said: string }> {
  const [typed = '', ...rest] = words;
  const first = typedName(typed);
  const { named } = /^(inc-)?\d+$/i.test(first) ? incidentNamed([first]) : { named: undefined };
  const isText = named !== undefined && rest.length > 0 && /^\d/.test(first);
  if (named === undefined || (isText && !(await canBeMeant(named, asked, wantsOver))))
    return { named: undefined, said: asText(words) };
  return { named, said: asText(rest) };
}

async function canBeMeant(named: string, asked: Asked, wantsOver: boolean): Promise<boolean> {
  if ((await incidentHere(asked)) !== undefined) return false;
  const incident = await loadIncident(asked.listening, named);
  return incident !== undefined && isOver(incident) === wantsOver;
}

async function act(
  { id: incident }: Incident,
  {
    form,
    command,
    said,
  }: { readonly form: FormPress; readonly command: IncidentCommand; readonly said: string },
  asked: Asked,
): Promise<Said> {
  const answer = await actOnIncident(asked.listening, { incident, person: asked.person, command });
  const text =
    answer.kind === 'refused'
      ? `${explainRefusal(answer.refusal, asked)}\n${whatWasTyped(said)}`
      : formAction(form).outcome(answer.incident, command);
  return say(textMessage(text));
}

function formAbout(
  { id: incident }: Incident,
  { form, prefill }: { readonly form: FormPress; readonly prefill: Prefill },
  { listening, person, team }: Asked,
): Answer {
  return {
    kind: 'form',
    offer: incidentFormOffer(form, { incident }),
    open: async (triggerId) => {
      const opening = await incidentForm(listening, { incident, form, prefill, person, team });
      if (opening.kind === 'refused') return opening;
      await openModal(listening, { triggerId, view: opening.view });
      return { kind: 'opened' };
    },
  };
}
