import { holdsAny } from '../../domain/actor.ts';
import { type Incident, isOver } from '../../domain/incident/incident.ts';
import { respondRoles } from '../../domain/team/team.ts';
import { loadIncident } from '../../engine/streams/incidents.ts';
import { openIncidents } from '../../engine/streams/open-incidents.ts';
import { readTimeline } from '../../engine/streams/timeline.ts';
import type { FormPress } from '../../slack/incident/actions/lookup.ts';
import { incidentStatusMessage } from '../../slack/incident/card.ts';
import { incidentHelpMessage } from '../../slack/incident/help.ts';
import { incidentListMessage, whichIncidentMessage } from '../../slack/incident/list.ts';
import { incidentCardParts } from '../../slack/incident/render-card.ts';
import type { Message } from '../../slack/kit/block-kit.ts';
import { textMessage } from '../../slack/kit/message.ts';
import { refusalText } from '../../slack/kit/refusal.ts';
import { timelineMessage } from '../../slack/timeline/message.ts';
import type { Handling } from '../door/inbound.ts';
import type { Listening } from '../door/listening.ts';
import type { IncidentCommandLine } from './parse-command.ts';

const LISTED = 20;

/** What to do about a command: say something, to the person alone, or open a form. */
export type IncidentAnswer =
  | { readonly kind: 'message'; readonly message: Message }
  | { readonly kind: 'declare' }
  | { readonly kind: 'form'; readonly form: FormPress; readonly incident: string };

/** What a person is answered, whether they typed `/incident` or mentioned the bot; `typed` is how they address it. */
export async function answerIncidentCommand(
  listening: Listening,
  { person, team }: Pick<Handling, 'person' | 'team'>,
  command: IncidentCommandLine,
  typed: string,
): Promise<IncidentAnswer> {
  switch (command.kind) {
    case 'declare':
      return command;
    case 'help': {
      const mayRespond = holdsAny(person, respondRoles(team));
      return say(incidentHelpMessage({ mayRespond, typed, unknown: command.unknown }));
    }
    case 'list':
      return say(await list(listening, typed));
    case 'show':
    case 'timeline':
    case 'update':
    case 'severity':
    case 'resolve':
    case 'reopen': {
      const meant = await meantBy(listening, command, typed);
      if (meant.kind === 'message') return meant;
      const { incident } = meant;
      if (command.kind === 'show')
        return say(incidentStatusMessage(incident, await incidentCardParts(listening, incident)));
      const form = command.kind === 'severity' ? 'change-severity' : command.kind;
      if (form !== 'timeline') return { kind: 'form', form, incident: incident.id };
      return say(timelineMessage(incident.id, await readTimeline(listening, incident.id)));
    }
  }
}

const say = (message: Message): { readonly kind: 'message'; readonly message: Message } => ({
  kind: 'message',
  message,
});

/** The incident that was named; without a name the only one it can be, or a question which. */
async function meantBy(
  listening: Listening,
  command: Extract<IncidentCommandLine, { readonly incident?: string }>,
  typed: string,
): Promise<ReturnType<typeof say> | { readonly kind: 'incident'; readonly incident: Incident }> {
  if (command.incident !== undefined) {
    const incident = await loadIncident(listening, command.incident);
    if (incident !== undefined) return { kind: 'incident', incident };
    return say(textMessage(refusalText({ reason: 'unknown-incident', incident: command.incident })));
  }
  const wantsOver = command.kind === 'reopen';
  const candidates = (await openIncidents(listening)).filter((incident) => isOver(incident) === wantsOver);
  const [only] = candidates;
  if (only === undefined) {
    const none = wantsOver ? 'No incident was resolved within the last day.' : 'There is no open incident.';
    return say(textMessage(`${none} \`${typed} list\` shows the latest.`));
  }
  if (candidates.length === 1) return { kind: 'incident', incident: only };
  const usage = `${typed} ${command.kind}`;
  return say(whichIncidentMessage(candidates, { now: listening.clock.now(), usage }));
}

async function list(listening: Listening, typed: string): Promise<Message> {
  const ids = await listening.store.recent('incident', LISTED);
  const incidents = await Promise.all(ids.map((id) => loadIncident(listening, id)));
  const known = incidents.filter((incident) => incident !== undefined);
  return incidentListMessage(known, { now: listening.clock.now(), typed });
}
