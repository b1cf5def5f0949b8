import type { IncidentEventPayload, IncidentRole } from '../domain/incident/events.ts';
import type { IncidentStatus } from '../domain/incident/incident.ts';
import type { ApprovalPress, ReplacedBecause, RunEventPayload, StepDecision } from '../domain/run/events.ts';
import type { RunStatus } from '../domain/run/run.ts';

/**
 * What a code of a kind is called where people read it. A code that there is no longer, as old records may hold, is
 * shown as it is. Roles of a team's own, as walkback.yml names them, are no codes: they are shown as they are typed.
 */
const callsBy = <Code extends string>(names: Readonly<Record<Code, string>>) => {
  const known: ReadonlyMap<string, string> = new Map(Object.entries<string>(names));
  return (code: string): string => known.get(code) ?? code;
};

export const runStatusWords = callsBy<RunStatus>({
  awaiting_approval: 'awaiting approval',
  deferred: 'on the list for the next deployment',
  queued: 'queued',
  running: 'running',
  waiting: 'waiting',
  verifying: 'verifying',
  succeeded: 'succeeded',
  failed: 'failed',
  cancelled: 'cancelled',
  denied: 'denied',
  expired: 'expired',
});

export const incidentStatusWords = callsBy<IncidentStatus>({
  investigating: 'investigating',
  identified: 'identified',
  mitigating: 'mitigating',
  monitoring: 'monitoring',
  resolved: 'resolved',
  closed: 'closed',
});

/** Roles of people within an incident. */
export const incidentRoleWords = callsBy<IncidentRole>({
  commander: 'commander',
  communications: 'communications',
  scribe: 'scribe',
  'subject-expert': 'subject expert',
});

/** Why a plan was made anew. */
export const replacedWords = callsBy<ReplacedBecause>({
  'branch-moved': 'branch moved',
  'playbook-changed': 'playbook changed',
  'configuration-changed': 'configuration changed',
  'severity-changed': 'severity changed',
});

/** Why the ladder's next rung was called in. */
export const calledInWords = callsBy<IncidentEventPayload<'escalation.reached'>['because']>({
  time: 'time',
  'not-acknowledged': 'not acknowledged',
  'rollback-blocked': 'rollback blocked',
});

export const stepOutcomeWords = callsBy<RunEventPayload<'step.finished'>['outcome']>({
  succeeded: 'succeeded',
  failed: 'failed',
  cancelled: 'cancelled',
});

export const stepDecisionWords = callsBy<StepDecision>({
  retry: 'tried again',
  skip: 'skipped',
  abort: 'aborted',
  done: 'confirmed',
  cannot: "couldn't be done",
});

/** What a person was about on an approval. */
export const approvalPressWords = callsBy<ApprovalPress>({
  approve: 'approving',
  deny: 'denying',
  'break-glass': 'breaking the glass',
});
