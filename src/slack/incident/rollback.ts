import { type Incident, isOver } from '../../domain/incident/incident.ts';
import type { SeverityPolicy } from '../../domain/team/team.ts';
import { type Block, section } from '../kit/block-kit.ts';
import { escapeText, slackDate } from '../kit/text.ts';
import { automaticRollbackText, type PlannedRollback } from './automatic-rollback-text.ts';

type Parts = {
  readonly decision: SeverityPolicy['rollback']['decision'];
  /** Roles that may approve, by the severity. */
  readonly approvers: readonly string[];
  /** What the automatic rollback would run. */
  readonly playbooks: readonly PlannedRollback[];
};

/** How a rollback is decided on and when. Nothing once it is over. */
export function rollbackBlocks(incident: Incident, parts: Parts): readonly Block[] {
  if (isOver(incident)) return [];
  const automatic = incident.automaticRollback;
  if (automatic === null) return [section(`*Rollback*\n${decisionText(incident, parts)}`)];
  const text = automaticRollbackText(incident, automatic, parts.playbooks);
  return text === '' ? [] : [section(`*Rollback*\n${text}`)];
}

function decisionText({ decideBy }: Incident, { decision, approvers }: Parts): string {
  const by = approvers.map(escapeText).join(' or ');
  if (decision === 'planned' && decideBy !== null)
    return `Fix it or roll it back by ${slackDate(decideBy)}. Approved by: ${by}.`;
  if (decision === 'next-deployment')
    return 'With the next deployment. Only breaking the glass starts it sooner.';
  return `A person decides, after a look: *Roll back*. Approved by: ${by}.`;
}
