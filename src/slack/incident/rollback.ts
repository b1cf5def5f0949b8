import { formatDuration } from '../../domain/duration.ts';
import {
  type AutomaticRollback,
  type Incident,
  isMitigated,
  isOver,
} from '../../domain/incident/incident.ts';
import type { SeverityPolicy } from '../../domain/team/team.ts';
import { type Block, section } from '../kit/block-kit.ts';
import { escapeText, nameActor, oneLine, slackDate, timeOnly } from '../kit/text.ts';
import { cardRow } from './buttons.ts';

type Parts = {
  readonly decision: SeverityPolicy['rollback']['decision'];
  /** Roles that may approve, by the severity. */
  readonly approvers: readonly string[];
  /** What the automatic rollback would run: titles of service and playbook. */
  readonly playbooks: readonly { readonly service: string; readonly playbook: string }[];
  /** ms */
  readonly now: number;
};

const LISTED = 5;
const MINUTE = 60_000;
const REASON = 300;

/** How a rollback is decided on and when; with Hold and Go now while one is planned. Nothing once it is over. */
export function rollbackBlocks(incident: Incident, parts: Parts): readonly Block[] {
  if (isOver(incident)) return [];
  const automatic = incident.automaticRollback;
  if (automatic === null) return [section(`*Rollback*\n${decisionText(incident, parts)}`)];
  // Its runs are on the card themselves, with how they were approved.
  if (automatic.outcome === 'triggered' && incident.runs.length > 0) return [];
  return [
    section(`*Rollback*\n${automaticText(incident, automatic, parts)}`),
    ...cardRow(incident, 'rollback'),
  ];
}

function automaticText(incident: Incident, automatic: AutomaticRollback, parts: Parts): string {
  if (automatic.outcome === 'triggered') return 'Started, approved by policy.';
  if (automatic.outcome === 'stood-down')
    return 'Not started by itself: another rollback had been started already.';
  if (automatic.held !== null) {
    const { by, at, reason } = automatic.held;
    return `:hand: *Held* by ${nameActor(by)} ${slackDate(at)}: ${oneLine(reason, REASON)}\nIt won't start by itself. *Go now* starts it.`;
  }
  if (isMitigated(incident)) return 'Not started by itself: the incident is mitigated.';
  const left = Date.parse(automatic.at) - parts.now;
  const countdown =
    left > 0
      ? ` (in ${formatDuration(wholeMinutes(left))}, as of ${timeOnly(new Date(parts.now).toISOString())})`
      : '';
  return [
    `:hourglass_flowing_sand: *Starts by itself ${slackDate(automatic.at)}*${countdown}, unless mitigated or held before.`,
    ...(parts.playbooks.length === 0 ? [':warning: No service is named: nothing would be rolled back.'] : []),
    ...parts.playbooks.slice(0, LISTED).map(playbookLine),
    ...(parts.playbooks.length > LISTED ? [`…and ${parts.playbooks.length - LISTED} more services`] : []),
  ].join('\n');
}

const playbookLine = ({ service, playbook }: Parts['playbooks'][number]): string =>
  `• ${oneLine(service, 75)}: “${oneLine(playbook, 75)}”, back to the previous release`;

function decisionText({ decideBy }: Incident, { decision, approvers }: Parts): string {
  const by = approvers.map(escapeText).join(' or ');
  if (decision === 'planned' && decideBy !== null)
    return `Fix it or roll it back by ${slackDate(decideBy)}. Approved by: ${by}.`;
  if (decision === 'next-deployment')
    return 'With the next deployment. Only breaking the glass starts it sooner.';
  return `A person decides, after a look: *Start rollback*. Approved by: ${by}.`;
}

/** Seconds would only look exact: the card isn't drawn anew that often. */
const wholeMinutes = (ms: number): number => (ms < MINUTE ? ms : Math.round(ms / MINUTE) * MINUTE);
