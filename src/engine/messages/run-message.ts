import type { Actor } from '../../domain/actor.ts';
import { lostFixCountOf, migrationCountOf } from '../../domain/git/blast-radius.ts';
import { nameCommit } from '../../domain/plan/plan.ts';
import { approvingRoles, isApprovedByPolicy } from '../../domain/run/approvals.ts';
import { endedBy } from '../../domain/run/ended-by.ts';
import { ChecklistItem } from '../../domain/run/events.ts';
import { type Doubt, doubtsOf, isUnproven } from '../../domain/run/proof.ts';
import { currentStep, isVerification, pushedCommit, type Run, type RunStep } from '../../domain/run/run.ts';
import { askOf } from '../../domain/steps/done.ts';
import type { RunMessage } from '../reactions/run-message-data.ts';

const LISTED = 10;
const NAMED = 6;

/** Ids of users and user groups, each once. */
export type PeopleNeeded = {
  /** Who may still approve. */
  readonly mayApprove: readonly string[];
  /** Who may answer the step that the run is at. */
  readonly needed: readonly string[];
  /** Who was asked once nobody had approved in time. */
  readonly raised: readonly string[];
  /** Who may break the glass, and is told when somebody does. */
  readonly seniors: readonly string[];
};

/** A run as the templates see it. `now` in milliseconds since the epoch. */
export function runMessage(
  run: Run,
  { serviceTitle, people }: { readonly serviceTitle: string; readonly people: PeopleNeeded },
  now: number,
): RunMessage {
  const { plan } = run;
  return {
    run: run.id,
    service: serviceTitle,
    environment: plan.environment,
    severity: plan.severity,
    incident: run.incident ?? '',
    requestedBy: userOf(run.requestedBy),
    reason: run.reason,
    target: nameCommit(plan.target),
    targetRelease: plan.target.release ?? '',
    deployedRelease: plan.deployed.release ?? '',
    deployed: nameCommit(plan.deployed),
    playbook: plan.playbook.title,
    ...blastRadius(run),
    checklist: ChecklistItem.options.map((item) => ({
      title: CHECKLIST_TITLES[item],
      done: run.checklist.includes(item),
    })),
    approvers: run.approvals.map(({ by, role }) => ({ user: userOf(by), role })),
    approverRoles: [...approvingRoles(run)],
    approverCount: plan.approval.count,
    mayApprove: people.mayApprove.slice(0, NAMED),
    mayApproveMore: notNamed(people.mayApprove),
    needed: people.needed.slice(0, NAMED),
    neededMore: notNamed(people.needed),
    ...exceptions(run, people),
    expiresAt: run.expiresAt,
    replacedBecause: run.replacedBecause ?? '',
    hindrance: run.hindrance?.why ?? '',
    startedAt: run.startedAt ?? '',
    endedAt: run.endedAt ?? '',
    durationMs: elapsed(run.startedAt, run.endedAt, now),
    estimateMs: plan.estimateMs,
    ...outcome(run),
    actions: run.steps.filter((step) => !isVerification(step)).map((step) => action(step, now)),
    validations: run.steps.filter(isVerification).map(validation),
    ...presentStep(run),
  };
}

/** What was other than usual on the way to the start. */
const exceptions = (run: Run, people: PeopleNeeded) => ({
  raisedRoles: [...(run.raised?.roles ?? [])],
  raisedPeople: people.raised.slice(0, NAMED),
  raisedPeopleMore: notNamed(people.raised),
  glassBrokenBy: userOf(run.glass?.by),
  glassReason: run.glass?.reason ?? '',
  seniors: people.seniors.slice(0, NAMED),
  seniorsMore: notNamed(people.seniors),
  policyRule: isApprovedByPolicy(run) ? (run.byPolicy?.rule ?? '') : '',
  policyPressedBy: isApprovedByPolicy(run) ? (run.byPolicy?.pressedBy ?? '') : '',
  policyIncident: isApprovedByPolicy(run) ? (run.byPolicy?.incident ?? '') : '',
});

const notNamed = (people: readonly string[]): number => Math.max(0, people.length - NAMED);

const CHECKLIST_TITLES: Readonly<Record<ChecklistItem, string>> = {
  'issue-documented': 'Issue documented',
  'stakeholders-told': 'Stakeholders told',
  'target-verified': 'Target verified',
  'state-backed-up': 'Current state backed up',
};

function blastRadius({ plan: { blastRadius: radius } }: Run) {
  return {
    verdict: radius.verdict,
    verdictReasons: [...radius.reasons],
    commitCount: radius.commitCount,
    authors: radius.authors.slice(0, LISTED),
    fileCount: radius.fileCount,
    migrations: radius.migrations.slice(0, LISTED),
    migrationCount: migrationCountOf(radius),
    lostFixes: radius.lostFixes.slice(0, LISTED),
    lostFixCount: lostFixCountOf(radius),
  };
}

function outcome(run: Run) {
  return {
    status: run.status,
    ending:
      run.denial?.reason ?? (run.status === 'cancelled' ? run.cancel?.reason : null) ?? run.ending ?? '',
    endedBy: userOf(endedBy(run)),
    doubts: isUnproven(run) ? doubtsOf(run).map(doubtData) : [],
    newCommit: pushedCommit(run) ?? '',
    link: '',
    older: false,
  };
}

function action(step: RunStep, now: number): RunMessage['actions'][number] {
  return {
    title: step.plan.title,
    status: step.status,
    confirmedBy: confirmedBy(step),
    at: step.startedAt ?? '',
    durationMs: elapsed(step.startedAt, step.finishedAt, now),
    summary: step.summary,
  };
}

const validation = (step: RunStep): RunMessage['validations'][number] => ({
  title: step.plan.title,
  status: step.status,
  confirmedBy: confirmedBy(step),
  ok: step.status === 'succeeded',
  summary: step.summary,
});

function presentStep(run: Run) {
  const step = currentStep(run);
  const ask = step && askOf(step.plan);
  return {
    step: step?.plan.title ?? '',
    stepStatus: step?.status ?? '',
    stepRole: ask?.role ?? '',
    stepSummary: step?.summary ?? '',
    stepLastLine: lastLine(step?.tail ?? ''),
    instruction: ask?.instruction ?? '',
  };
}

const doubtData = (doubt: Doubt): RunMessage['doubts'][number] =>
  doubt.kind === 'skipped'
    ? { step: doubt.step, by: userOf(doubt.by), reason: doubt.reason ?? '' }
    : { step: '', by: '', reason: '' };

const confirmedBy = ({ status, decided }: RunStep): string =>
  status === 'succeeded' && decided?.decision === 'done' ? userOf(decided.by) : '';

const lastLine = (output: string): string =>
  output
    .split('\n')
    .findLast((line) => line.trim() !== '')
    ?.trim() ?? '';

const userOf = (actor: Actor | undefined): string => (actor?.kind === 'user' ? actor.id : '');

const elapsed = (from: string | null, to: string | null, now: number): number =>
  from === null ? 0 : Math.max(0, (to === null ? now : Date.parse(to)) - Date.parse(from));
