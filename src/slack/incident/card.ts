import type { Incident } from '../../domain/incident/incident.ts';
import type { SeverityPolicy } from '../../domain/team/team.ts';
import { context, header, type Message } from '../kit/block-kit.ts';
import { message } from '../kit/message.ts';
import { channelRef, escapeText, nameActor, oneLine, slackDate } from '../kit/text.ts';
import type { PlannedRollback } from './automatic-rollback-text.ts';
import { cardButtons } from './buttons.ts';
import { incidentFacts, roleBlocks } from './facts.ts';
import { incidentHeadline } from './headline.ts';
import { ladderBlocks, runBlocks, updateBlocks } from './progress.ts';
import { rollbackBlocks } from './rollback.ts';
import { type ShownRun, waitingBlocks } from './waiting.ts';

export type IncidentCardParts = {
  /** The policy of its severity, as it is now. */
  readonly policy: SeverityPolicy;
  readonly serviceTitles: readonly string[];
  /** What an automatic rollback would run. */
  readonly playbooks: readonly PlannedRollback[];
  /** Its runs, as far as they are known. */
  readonly runs: readonly ShownRun[];
  /** Roles of its ladder that have nobody in them. */
  readonly emptyRoles: readonly string[];
};

/** The one message of an incident, edited while it goes on: how it stands, what waits for whom, and the buttons to act. */
export const incidentCard = (incident: Incident, parts: IncidentCardParts): Message =>
  card(incident, parts, true);

/** The same without buttons, for somebody who asks how an incident stands. */
export const incidentStatusMessage = (incident: Incident, parts: IncidentCardParts): Message =>
  card(incident, parts, false);

function card(incident: Incident, parts: IncidentCardParts, withButtons: boolean): Message {
  const { policy, serviceTitles, playbooks, runs, emptyRoles } = parts;
  const headline = incidentHeadline(incident);
  return message(escapeText(headline), [
    header(headline),
    ...waitingBlocks(incident, runs),
    ...(withButtons ? cardButtons(incident) : []),
    ...incidentFacts(incident, { severityTitle: policy.title, serviceTitles }),
    ...rollbackBlocks(incident, {
      decision: policy.rollback.decision,
      approvers: policy.approval.roles,
      playbooks,
    }),
    ...runBlocks(incident, runs),
    ...updateBlocks(incident),
    ...ladderBlocks(incident, emptyRoles),
    ...roleBlocks(incident),
    context(footer(incident, policy)),
  ]);
}

const footer = (
  { id, severity, channel, declaredAt, declaredBy }: Incident,
  policy: SeverityPolicy,
): string =>
  [
    escapeText(id),
    `declared ${slackDate(declaredAt)} by ${nameActor(declaredBy)}`,
    `${severity}: ${oneLine(policy.criteria, 300)}`,
    ...(channel === null ? [] : [`talk in ${channelRef(channel)}`]),
    'everything about it is in the thread',
  ].join(' · ');
