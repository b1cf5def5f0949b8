import { type Incident, isOver } from '../../../domain/incident/incident.ts';
import { typedName } from '../../../domain/typed-name.ts';
import { loadIncident } from '../../../engine/streams/incidents.ts';
import { openIncidents } from '../../../engine/streams/open-incidents.ts';
import { whichIncidentMessage } from '../../../slack/incident/list.ts';
import { textMessage } from '../../../slack/kit/message.ts';
import { refusalText } from '../../../slack/kit/refusal.ts';
import type { Listening } from '../../door/listening.ts';
import { type Place, type Said, say } from '../../door/sub-command.ts';
import { findIncidentAt } from '../find-incident.ts';

type AskedWhere = { readonly listening: Listening; readonly place: Place; readonly typed: string };

/** The id that follows a word, if any: "inc-12", "12" and "INC-12" all mean INC-12. */
export const incidentNamed = ([typed = '']: readonly string[]): { readonly named: string | undefined } => {
  const name = typedName(typed);
  if (name === '') return { named: undefined };
  return { named: /^\d+$/.test(name) ? `INC-${name}` : name.toUpperCase() };
};

/**
 * The incident that was named; without a name the one in whose thread it was asked, else the only one it can be, or a
 * question which.
 */
export async function whichIncident(
  asked: AskedWhere,
  {
    named,
    word,
    said = '',
    isOver: wantsOver = false,
  }: {
    readonly named: string | undefined;
    readonly word: string;
    /** What was typed after it, which is given back with the question. */
    readonly said?: string;
    readonly isOver?: boolean;
  },
): Promise<Said | { readonly kind: 'incident'; readonly incident: Incident }> {
  const { listening, typed } = asked;
  if (named !== undefined) {
    const incident = await loadIncident(listening, named);
    if (incident !== undefined) return { kind: 'incident', incident };
    return say(textMessage(refusalText({ reason: 'unknown-incident', incident: named })));
  }
  const here = await incidentHere(asked);
  if (here !== undefined) return { kind: 'incident', incident: here };
  const candidates = (await openIncidents(listening)).filter((incident) => isOver(incident) === wantsOver);
  const [only] = candidates;
  if (only === undefined) {
    const none = wantsOver ? 'No incident was resolved within the last day.' : 'There is no open incident.';
    return say(textMessage(`${none} \`${typed} list\` shows the latest.`));
  }
  if (candidates.length === 1) return { kind: 'incident', incident: only };
  return say(
    whichIncidentMessage(candidates, { now: listening.clock.now(), usage: `${typed} ${word}`, said }),
  );
}

/** The incident in whose own thread it was asked. */
export async function incidentHere({
  listening,
  place: { channel, threadTs },
}: Pick<AskedWhere, 'listening' | 'place'>): Promise<Incident | undefined> {
  return threadTs === undefined ? undefined : findIncidentAt(listening, { channel, thread: threadTs });
}
