import { type Incident, isMitigated } from '../../domain/incident/incident.ts';

/** The one line that says how an incident stands, in plain text: read first, on a phone, at 3 a.m. */
export function incidentHeadline(incident: Incident): string {
  const { id, severity, title, status, mergedInto } = incident;
  if (mergedInto !== null) return `🔀 ${id} is part of ${mergedInto} now: ${title}`;
  if (status === 'resolved' || status === 'closed') return `✅ ${id} ${status}: ${title}`;
  if (isMitigated(incident)) return `👀 ${id} ${severity} mitigated, being watched: ${title}`;
  return incident.acknowledged === null
    ? `🚨 ${id} ${severity}, not acknowledged yet: ${title}`
    : `🔥 ${id} ${severity}: ${title}`;
}
