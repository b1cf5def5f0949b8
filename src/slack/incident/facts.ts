import { type Incident, isOver } from '../../domain/incident/incident.ts';
import { incidentRoleWords, incidentStatusWords } from '../../words/codes.ts';
import { type Block, facts, section } from '../kit/block-kit.ts';
import { escapeText, mention, nameActor, oneLine, slackDate, truncate } from '../kit/text.ts';

const LISTED_SERVICES = 400;
const QUOTED = 600;

/** What an incident is, in as few lines as a phone shows at once: severity, status, who leads, what, since when. */
export function incidentFacts(
  incident: Incident,
  parts: { readonly severityTitle: string; readonly serviceTitles: readonly string[] },
): readonly Block[] {
  const { roles, severity, status, usersAffected, startedAt, impact } = incident;
  return [
    facts([
      ['Severity', oneLine(`${severity} ${parts.severityTitle}`, 100)],
      ['Status', `${incidentStatusWords(status)}, ${acknowledgedText(incident)}`],
      ['Commander', nameHolder(roles.commander)],
      ['Services', oneLine(parts.serviceTitles.join(', '), LISTED_SERVICES) || 'none named'],
      ['Users affected', usersAffected === null ? 'not known' : `${usersAffected}%`],
      ['Since', slackDate(startedAt)],
    ]),
    ...(impact === '' ? [] : [section(`*What users see*\n${quoted(impact)}`)]),
  ];
}

/** Who has which role beside the commander, and which ones nobody has. */
export function roleBlocks(incident: Incident): readonly Block[] {
  if (isOver(incident)) return [];
  const { roles } = incident;
  const others = [
    [incidentRoleWords('communications'), roles.communications],
    [incidentRoleWords('scribe'), roles.scribe],
    [incidentRoleWords('subject-expert'), roles['subject-expert']],
  ] as const;
  const taken = others.flatMap(([role, user]) => (user === null ? [] : [`${role} ${mention(user)}`]));
  const free = others.flatMap(([role, user]) => (user === null ? [role] : []));
  const nobody = free.length === 0 ? [] : [`nobody yet: ${free.join(', ')}`];
  return [section(`*Other roles*\n${[...taken, ...nobody].join(' · ')}`)];
}

/** Typed text as a quotation, cut where it is long. */
export const quoted = (text: string): string =>
  escapeText(truncate(text.trim(), QUOTED))
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n');

function acknowledgedText({ acknowledged, respondBy, responseOverdue }: Incident): string {
  if (acknowledged !== null) return `acknowledged by ${nameActor(acknowledged.by)}`;
  if (respondBy === null) return 'not acknowledged yet';
  return responseOverdue
    ? `:warning: *not acknowledged* by ${slackDate(respondBy)}`
    : `to be acknowledged by ${slackDate(respondBy)}`;
}

const nameHolder = (user: string | null): string => (user === null ? '_nobody yet_' : mention(user));
