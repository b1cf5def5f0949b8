import { formatDuration } from '../../domain/duration.ts';
import { type Incident, isOver } from '../../domain/incident/incident.ts';
import { incidentStatusWords } from '../../words/codes.ts';
import { incidentSign, SEVERITY_SIGN } from '../../words/signs.ts';
import { header, type Message, section } from '../kit/block-kit.ts';
import { message, textMessage } from '../kit/message.ts';
import { escapeText, mention, oneLine, pictured, quoted, slackDate } from '../kit/text.ts';

const LISTED = 20;
const LONGEST_TITLE = 100;
const LONGEST_SAID = 2_500;

/** What `list` answers: one line an incident, in the order given; `now` in ms. */
export function incidentListMessage(
  incidents: readonly Incident[],
  { now, typed }: { readonly now: number; readonly typed: string },
): Message {
  if (incidents.length === 0) return textMessage(`No incidents yet. Declare one with \`${typed}\`.`);
  const lines = incidents.slice(0, LISTED).map((incident) => incidentLine(incident, now));
  return message(`${lines.length} incidents`, [header('Incidents'), section(lines.join('\n'))]);
}

/** Asks which of several incidents is meant; `usage` such as "/incident resolve". */
export function whichIncidentMessage(
  incidents: readonly Incident[],
  { now, usage, said }: { readonly now: number; readonly usage: string; readonly said: string },
): Message {
  const shown = incidents.slice(0, LISTED);
  const example = shown[0]?.id ?? 'INC-1';
  const lines = shown.map((incident) => incidentLine(incident, now));
  const text = `Which one? Name it: \`${usage} ${escapeText(example)}\``;
  const typed = said === '' ? [] : [section(whatWasTyped(said))];
  return message(text, [section(text), section(lines.join('\n')), ...typed]);
}

/** Slack forgets a command as it is sent: whoever has to send it again gets their words back (mrkdwn). */
export const whatWasTyped = (said: string): string => `What you typed:\n${quoted(said, LONGEST_SAID)}`;

/** One incident in a line: state, severity, title, who leads, since when; `now` in ms. */
export function incidentLine(incident: Incident, now: number): string {
  const { id, severity, status, roles, startedAt, updateDueAt } = incident;
  const age = Math.max(0, now - Date.parse(startedAt));
  return [
    `${pictured(incidentSign(incident))} ${pictured(SEVERITY_SIGN[severity])} *${escapeText(id)}* ${severity} ${incidentStatusWords(status)}`,
    oneLine(incident.title, LONGEST_TITLE),
    roles.commander === null ? 'no commander' : `led by ${mention(roles.commander)}`,
    `began ${formatDuration(age)} ago`,
    ...(isOver(incident) || updateDueAt === null ? [] : [`update due ${slackDate(updateDueAt)}`]),
  ].join(' · ');
}
