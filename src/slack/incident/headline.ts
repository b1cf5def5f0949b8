import { type Incident, isMitigated, isOver } from '../../domain/incident/incident.ts';
import { PICTURES } from '../../words/pictures.ts';
import { incidentSign, SEVERITY_SIGN } from '../../words/signs.ts';

/** The one line that says how an incident stands, in plain text: read first, on a phone, at 3 a.m. */
export function incidentHeadline(incident: Incident): string {
  const { id, severity, title, status, mergedInto } = incident;
  const sign = PICTURES[incidentSign(incident)];
  if (mergedInto !== null) return `${sign} ${id} is part of ${mergedInto} now: ${title}`;
  if (isOver(incident)) return `${sign} ${id} ${status}: ${title}`;
  const signs = `${PICTURES[SEVERITY_SIGN[severity]]} ${sign}`;
  if (isMitigated(incident)) return `${signs} ${id} ${severity} mitigated, being watched: ${title}`;
  return incident.acknowledged === null
    ? `${signs} ${id} ${severity}, not acknowledged yet: ${title}`
    : `${signs} ${id} ${severity}: ${title}`;
}
