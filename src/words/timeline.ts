import { formatDuration } from '../domain/duration.ts';
import type { DomainEvent } from '../domain/events.ts';
import { isIncidentEvent } from '../domain/events.ts';
import { pressWords } from '../domain/incident/actions/commands.ts';
import type { IncidentEvent } from '../domain/incident/events.ts';
import { nameCommit } from '../domain/plan/plan.ts';
import type { RunEvent } from '../domain/run/events.ts';
import { escapeText, oneLine, slackDate } from '../slack/kit/text.ts';

const LONGEST = 200;

/** The titles of the steps of one run, by step id. */
export type StepTitles = ReadonlyMap<string, string>;

/** What happened, as it stands on the timeline (mrkdwn); of a run, with the run's id. */
export const eventWords = (event: DomainEvent, titles: StepTitles): string =>
  isIncidentEvent(event)
    ? incidentWords(event)
    : `*${escapeText(event.stream)}* ${runWords(event, (step) => quote(titles.get(step) ?? step))}`;

function incidentWords(event: IncidentEvent): string {
  switch (event.type) {
    case 'incident.declared':
      return `declared ${event.payload.severity}: ${quote(event.payload.title)}`;
    case 'incident.acknowledged':
      return 'acknowledged';
    case 'incident.updated':
      return `update, ${event.payload.status}: ${quote(event.payload.done)}${event.payload.next === '' ? '' : ` Next: ${quote(event.payload.next)}`}`;
    case 'update.asked':
      return `asked for the update due ${slackDate(event.payload.dueAt)}`;
    case 'update.missed':
      return 'no update was given in time: told what is known';
    case 'severity.changed':
      return `severity ${event.payload.from} → ${event.payload.to}: ${quote(event.payload.reason)}`;
    case 'role.taken':
      return `<@${escapeText(event.payload.user)}> is ${words(event.payload.role)}`;
    case 'roles.asked-again':
      return `asked again for ${event.payload.roles.map(words).join(', ')}`;
    case 'response.overdue':
      return 'nobody acknowledged in time';
    case 'escalation.reached':
      return `escalated to ${words(event.payload.role)} (${words(event.payload.because)})`;
    case 'escalation.held':
      return `held the escalation until ${slackDate(event.payload.until)}: ${quote(event.payload.reason)}`;
    case 'rollback.warned':
      return `warned that the automatic rollback starts ${slackDate(event.payload.startsAt)}`;
    case 'rollback.held':
      return `held the automatic rollback: ${quote(event.payload.reason)}`;
    case 'rollback.triggered':
      return event.payload.rule === 'go-now'
        ? 'started the automatic rollback now'
        : 'triggered the automatic rollback';
    case 'rollback.stood-down':
      return `no automatic rollback: ${escapeText(event.payload.run)} had been started`;
    case 'rollback.blocked':
      return `did not roll back ${escapeText(event.payload.service)}: ${quote(event.payload.why)}`;
    case 'decision.due':
      return 'asked for a decision: fix, or roll back';
    case 'run.linked':
      return `rollback *${escapeText(event.payload.run)}* of ${escapeText(event.payload.service)} belongs to it`;
    case 'run.settled':
      return `rollback *${escapeText(event.payload.run)}* ended: ${words(event.payload.status)}`;
    case 'timeline.noted':
      return noteWords(event.payload);
    case 'incident.merged':
      return `merged into ${escapeText(event.payload.into)}`;
    case 'incident.absorbed':
      return `took over ${escapeText(event.payload.from)}: ${quote(event.payload.title)}`;
    case 'channel.opened':
      return `opened <#${escapeText(event.payload.channel)}>`;
    case 'channel.incomplete':
      return `Slack refused for its channel: ${event.payload.what.map((what) => oneLine(what, 60)).join(', ')}`;
    case 'incident.resolved':
      return `resolved: ${quote(event.payload.summary)}`;
    case 'incident.reopened':
      return `reopened: ${quote(event.payload.reason)}`;
    case 'incident.closed':
      return 'closed';
    case 'press.refused':
      return `was refused: ${oneLine(pressWords(event.payload.press), LONGEST)} (${words(event.payload.refusal)})`;
  }
}

function runWords(event: RunEvent, title: (step: string) => string): string {
  switch (event.type) {
    case 'rollback.requested':
      return `asked to take ${escapeText(event.payload.plan.service)} back to ${escapeText(nameCommit(event.payload.plan.target))}: ${quote(event.payload.reason)}`;
    case 'plan.replaced':
      return `made the plan anew (${words(event.payload.because)}): approvals start over`;
    case 'approval.granted':
      return `approved as ${words(event.payload.role)}`;
    case 'approval.denied':
      return `denied: ${quote(event.payload.reason)}`;
    case 'approval.refused':
      return `was refused: ${words(event.payload.press)} (${words(event.payload.refusal)})`;
    case 'approval.raised':
      return `not approved in time: asked ${event.payload.roles.map(words).join(', ')}`;
    case 'approval.expired':
      return 'expired: nobody approved';
    case 'approval.by-policy':
      return `approved by policy: ${quote(event.payload.rule)}`;
    case 'glass.broken':
      return `:rotating_light: broke the glass: ${quote(event.payload.reason)}`;
    case 'run.deferred':
      return 'put on the list for the next deployment';
    case 'run.queued':
      return 'queued';
    case 'run.started':
      return 'started';
    case 'step.started':
      return `step ${title(event.payload.step)} began${event.payload.attempt > 1 ? ` (attempt ${event.payload.attempt})` : ''}`;
    case 'step.finished':
      return `step ${title(event.payload.step)} ${event.payload.outcome}${event.payload.summary === '' ? '' : `: ${quote(event.payload.summary)}`}`;
    case 'step.interrupted':
      return `step ${title(event.payload.step)} was interrupted`;
    case 'step.waiting':
      return event.payload.until === null
        ? `step ${title(event.payload.step)} waits for a person`
        : `step ${title(event.payload.step)} waits ${formatDuration(Math.max(0, Date.parse(event.payload.until) - Date.parse(event.at)))}`;
    case 'step.decided':
      return `step ${title(event.payload.step)}: ${event.payload.decision}${event.payload.reason === null ? '' : `, ${quote(event.payload.reason)}`}`;
    case 'cancel.requested':
      return `asked to cancel${event.payload.reason === null ? '' : `: ${quote(event.payload.reason)}`}`;
    case 'run.succeeded':
      return 'succeeded';
    case 'run.failed':
      return `failed at ${title(event.payload.step)}: ${quote(event.payload.why)}`;
    case 'run.cancelled':
      return `cancelled: ${quote(event.payload.why)}`;
  }
}

function noteWords({
  text,
  by,
  permalink,
}: {
  readonly text: string;
  readonly by: string;
  readonly permalink: string;
}): string {
  const author = /^[UW][A-Z0-9]+$/.test(by) ? `<@${by}>` : oneLine(by, 60);
  const link = permalink === '' ? '' : ` <${escapeText(permalink)}|message>`;
  return `:pushpin: ${author}: ${quote(text)}${link}`;
}

const quote = (text: string): string => `“${oneLine(text, LONGEST)}”`;
const words = (name: string): string => oneLine(name.replaceAll(/[_-]/g, ' '), LONGEST);
