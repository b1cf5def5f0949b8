import { type Incident, isOver } from '../../domain/incident/incident.ts';
import { incidentRoleWords, incidentStatusWords } from '../../words/codes.ts';
import { SEVERITY_SIGN } from '../../words/signs.ts';
import { type Block, facts, section } from '../kit/block-kit.ts';
import { mention, nameActor, oneLine, pictured, quoted, slackDate } from '../kit/text.ts';

const LISTED_SERVICES = 400;
/** How much of a typed text is shown. */
export const QUOTED = 600;

/** What an incident is, in as few lines as a phone shows at once: severity, status, who leads, what, since when. */
export function incidentFacts(
  incident: Incident,
  parts: { readonly severityTitle: string; readonly serviceTitles: readonly string[] },
): readonly Block[] {
  const { roles, severity, status, usersAffected, startedAt, impact, acknowledged } = incident;
  const seen = acknowledged === null ? '' : `, acknowledged by ${nameActor(acknowledged.by)}`;
  return [
    facts([
      [
        'Severity',
        `${pictured(SEVERITY_SIGN[severity])} ${oneLine(`${severity} ${parts.severityTitle}`, 100)}`,
      ],
      ['Status', `${incidentStatusWords(status)}${seen}`],
      ['Services', oneLine(parts.serviceTitles.join(', '), LISTED_SERVICES) || 'none named'],
      ['Since', slackDate(startedAt)],
      ...(roles.commander === null ? [] : [['Commander', mention(roles.commander)] as const]),
      ...(usersAffected === null ? [] : [['Users affected', `${usersAffected}%`] as const]),
    ]),
    ...(impact === '' ? [] : [section(`*What users see*\n${quoted(impact, QUOTED)}`)]),
  ];
}

/** Who has which role beside the commander, and which ones nobody has. */
export function roleBlocks(incident: Incident): readonly Block[] {
  if (isOver(incident)) return [];
  const { roles, severity } = incident;
  const others = [
    [incidentRoleWords('communications'), roles.communications],
    [incidentRoleWords('scribe'), roles.scribe],
    [incidentRoleWords('subject-expert'), roles['subject-expert']],
  ] as const;
  const taken = others.flatMap(([role, user]) => (user === null ? [] : [`${role} ${mention(user)}`]));
  const free = others.flatMap(([role, user]) => (user === null ? [role] : []));
  // A quiet one asks for nobody.
  const nobody = free.length === 0 || severity === 'P3' ? [] : [`nobody yet: ${free.join(', ')}`];
  const all = [...taken, ...nobody];
  return all.length === 0 ? [] : [section(`*Other roles*\n${all.join(' · ')}`)];
}
