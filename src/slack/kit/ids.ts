import type { FormerPress, IncidentPress } from '../../domain/incident/actions/commands.ts';
import type { IncidentRole } from '../../domain/incident/events.ts';
import { ApprovalPress, type StepDecision } from '../../domain/run/events.ts';

/** Every id that Slack hands back to us. Listeners and views import them from here; none is typed twice. */
export const ACTION = {
  approve: ApprovalPress.enum.approve,
  deny: ApprovalPress.enum.deny,
  breakGlass: ApprovalPress.enum['break-glass'],
  viewPlan: 'view-plan',
  cancelRun: 'cancel-run',
  tryAgain: 'try-again',
  openRollbackForm: 'open-rollback-form',
  refreshHome: 'home-refresh',
  /** Buttons folded behind one. */
  more: 'more',
  openDeclareForm: 'open-declare-form',
  /** The one element of every input block. */
  value: 'value',
} as const;

/** The button of an answer to a step that waits for a person. */
export const stepActionId = (decision: StepDecision): string => `step-${decision}`;

/** The button of something that is pressed on an incident, and the form that asks for more. */
export const incidentActionId = (press: IncidentPress | FormerPress): string => `incident-${press}`;
export const incidentFormId = (press: IncidentPress): string => `incident-${press}-form`;

/** Ids of buttons and forms on messages and modals that an earlier version made, with those that they have now. */
export const FORMER_IDS: ReadonlyMap<string, string> = new Map([
  ['incident-severity', incidentActionId('change-severity')],
  ['incident-roles', incidentActionId('take-role')],
  ['incident-rollback', incidentActionId('start-rollback')],
  ['rollback-hold', incidentActionId('hold-rollback')],
  ['rollback-go-now', incidentActionId('go-now')],
  ['ladder-hold', incidentActionId('hold-ladder')],
  ['incident-severity-form', incidentFormId('change-severity')],
  ['incident-roles-form', incidentFormId('take-role')],
  ['rollback-hold-form', incidentFormId('hold-rollback')],
  ['ladder-hold-form', incidentFormId('hold-ladder')],
]);

export const VIEW = {
  chooseService: 'rollback-service',
  rollbackForm: 'rollback-form',
  denyForm: 'deny-form',
  breakGlassForm: 'break-glass-form',
  skipForm: 'step-skip-form',
  abortForm: 'step-abort-form',
  plan: 'plan-view',
  declareForm: 'incident-declare-form',
  /** Views that only tell: loading, outcomes. */
  telling: 'telling',
} as const;

export const BLOCK = {
  service: 'service',
  environment: 'environment',
  playbook: 'playbook',
  preview: 'preview',
  standing: 'standing',
  target: 'target',
  commit: 'commit',
  severity: 'severity',
  incident: 'incident',
  decision: 'decision',
  reason: 'reason',
  checklist: 'checklist',
  title: 'title',
  services: 'services',
  impact: 'impact',
  usersAffected: 'users-affected',
  startedAt: 'started-at',
  /** Incidents that a declaration may be, whether it is one of them, and above what was typed. */
  alike: 'alike',
  known: 'known',
  typed: 'typed',
  commander: 'commander',
  status: 'status',
  done: 'done',
  next: 'next',
  eta: 'eta',
  summary: 'summary',
  duration: 'duration',
  /** The roles that a person takes. */
  take: 'take',
  /** Above a form that is shown again: why. */
  notice: 'notice',
} as const;

/** Callback ids of the shortcuts in manifest.yml. */
export const SHORTCUT = {
  declare: 'declare_incident',
  declareFromMessage: 'declare_incident_from_message',
} as const;

/** Who has a role within an incident. */
export const roleBlock = (role: IncidentRole): string => `role:${role}`;

const PARAMETER = 'parameter:';

export const parameterBlock = (name: string): string => `${PARAMETER}${name}`;

/** The parameter that an input block asks for, or undefined for any other block. */
export const parameterOfBlock = (block: string): string | undefined =>
  block.startsWith(PARAMETER) ? block.slice(PARAMETER.length) : undefined;

const MARKER = 'wb:';

/** Block id of a message's first block, by which it is found again where Slack keeps no metadata. */
export const markerBlock = (key: string): string => `${MARKER}${key}`;

/** The event type of the metadata on our messages. */
export const METADATA_EVENT = 'walkback_message';
