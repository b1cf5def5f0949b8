import { formatDuration } from '../domain/duration.ts';
import { byAggregate, type DomainEvent } from '../domain/events.ts';
import { shortName } from '../domain/git/git-facts.ts';
import { pressWords } from '../domain/incident/actions/commands.ts';
import type { IncidentEvent, IncidentEventPayload } from '../domain/incident/events.ts';
import { nameCommit } from '../domain/plan/plan.ts';
import { refusalPhrase } from '../domain/refusal-phrase.ts';
import type { RunEvent } from '../domain/run/events.ts';
import {
  approvalPressWords,
  calledInWords,
  incidentRoleWords,
  incidentStatusWords,
  replacedWords,
  runStatusWords,
  stepDecisionWords,
  stepOutcomeWords,
} from './codes.ts';
import { channel, instant, line, link, person, picture, strong } from './parts.ts';
import { joined, type Text, text } from './text.ts';

const LONGEST = 200;
const LONGEST_NAME = 60;

/** The titles of the steps of one run, by step id. */
export type StepTitles = ReadonlyMap<string, string>;

/** What happened, as it stands on the timeline; of a run, with the run's id. */
export const eventWords = (event: DomainEvent, titles: StepTitles): Text =>
  byAggregate(event, {
    incident: incidentWords,
    run: (of) => text`${strong(of.stream)} ${runWords(of, (step) => quote(titles.get(step) ?? step))}`,
  });

function incidentWords(event: IncidentEvent): Text {
  switch (event.type) {
    case 'incident.declared':
      return text`declared ${event.payload.severity}: ${quote(event.payload.title)}`;
    case 'incident.reported-again':
      return text`reported it as well: ${quote(event.payload.title)}`;
    case 'incident.acknowledged':
      return text`acknowledged`;
    case 'incident.updated':
      return text`update, ${incidentStatusWords(event.payload.status)}: ${quote(event.payload.done)}${event.payload.next === '' ? '' : text` Next: ${quote(event.payload.next)}`}`;
    case 'update.asked':
      return text`asked for the update due ${instant(event.payload.dueAt)}`;
    case 'update.missed':
      return text`no update was given in time: told what is known`;
    case 'severity.changed':
      return text`severity ${event.payload.from} → ${event.payload.to}: ${quote(event.payload.reason)}`;
    case 'role.taken':
      return text`${person(event.payload.user)} is ${incidentRoleWords(event.payload.role)}`;
    case 'roles.asked-again':
      return text`asked again for ${event.payload.roles.map(incidentRoleWords).join(', ')}`;
    case 'response.overdue':
      return text`nobody acknowledged in time`;
    case 'escalation.reached':
      return text`escalated to ${name(event.payload.role)} (${calledInWords(event.payload.because)})`;
    case 'escalation.held':
      return text`held the escalation until ${instant(event.payload.until)}: ${quote(event.payload.reason)}`;
    case 'escalation.released':
      return text`took back the hold of the escalation`;
    case 'rollback.warned':
      return text`warned that the automatic rollback starts ${instant(event.payload.startsAt)}`;
    case 'rollback.held':
      return text`held the automatic rollback: ${quote(event.payload.reason)}`;
    case 'rollback.released':
      return text`took back the hold of the automatic rollback: it starts ${instant(event.payload.startsAt)}`;
    case 'rollback.triggered':
      return event.payload.rule === 'go-now'
        ? text`started the automatic rollback now`
        : text`triggered the automatic rollback`;
    case 'rollback.stood-down':
      return text`no automatic rollback: ${event.payload.run} was there already`;
    case 'deployed.noted': {
      const { service, version, target, late } = event.payload;
      const to =
        target === null
          ? text`with no release before it`
          : text`a rollback goes to ${name(shortName(target))}`;
      return text`${name(service)} runs ${name(shortName(version))}, ${to}${late ? ' (read late: it may have been another before)' : ''}`;
    }
    case 'deployed.moved':
      return text`no automatic rollback of ${name(event.payload.service)}: it runs ${name(shortName(event.payload.version))} now`;
    case 'rollback.blocked':
      return text`did not roll back ${event.payload.service}: ${quote(event.payload.why)}`;
    case 'decision.due':
      return text`asked for a decision: fix, or roll back`;
    case 'run.linked':
      return text`rollback ${strong(event.payload.run)} of ${event.payload.service} belongs to it`;
    case 'run.began':
      return text`rollback ${strong(event.payload.run)} begins`;
    case 'run.settled':
      return event.payload.status === 'succeeded' && !event.payload.proven
        ? text`rollback ${strong(event.payload.run)} ended, not proven`
        : text`rollback ${strong(event.payload.run)} ended: ${runStatusWords(event.payload.status)}`;
    case 'rollback.verified':
      return text`everything that is hit is rolled back, and checked: nobody is called in meanwhile`;
    case 'rollback.unverified':
      return text`${name(event.payload.service)} is being changed again by ${strong(event.payload.run)}: people are called in again`;
    case 'timeline.noted':
      return noteWords(event.payload);
    case 'incident.merged':
      return text`merged into ${event.payload.into}`;
    case 'incident.absorbed':
      return text`took over ${event.payload.from}: ${quote(event.payload.title)}`;
    case 'incident.unmerged':
      return event.payload.because === 'over'
        ? text`goes on by itself: ${event.payload.from} was over by then`
        : text`goes on by itself: it and ${event.payload.from} were merged into each other`;
    case 'channel.opened':
      return text`opened ${channel(event.payload.channel)}`;
    case 'channel.incomplete':
      return text`Slack refused for its channel: ${joined(
        event.payload.what.map((what) => line(what, LONGEST_NAME)),
        ', ',
      )}`;
    case 'incident.resolved':
      return text`resolved: ${quote(event.payload.summary)}`;
    case 'incident.reopened':
      return text`reopened: ${quote(event.payload.reason)}`;
    case 'incident.closed':
      return text`closed`;
    case 'press.refused':
      return text`was refused: ${name(pressWords(event.payload.press))} (${name(refusalPhrase(event.payload.refusal))})`;
  }
}

function runWords(event: RunEvent, title: (step: string) => Text): Text {
  switch (event.type) {
    case 'rollback.requested':
      return text`asked to take ${event.payload.plan.service} back to ${nameCommit(event.payload.plan.target)}: ${quote(event.payload.reason)}`;
    case 'plan.replaced':
      return text`made the plan anew (${replacedWords(event.payload.because)}): approvals start over`;
    case 'approval.granted':
      return text`approved as ${name(event.payload.role)}`;
    case 'approval.denied':
      return text`denied: ${quote(event.payload.reason)}`;
    case 'approval.refused':
      return text`was refused: ${name(approvalPressWords(event.payload.press))} (${name(refusalPhrase(event.payload.refusal))})`;
    case 'approval.raised':
      return text`not approved in time: asked ${joined(event.payload.roles.map(name), ', ')}`;
    case 'approval.expired':
      return text`expired: nobody approved`;
    case 'approval.by-policy':
      return text`approved by policy: ${quote(event.payload.rule)}`;
    case 'glass.broken':
      return text`${picture('rotating_light')} broke the glass: ${quote(event.payload.reason)}`;
    case 'run.joined':
      return text`belongs to ${event.payload.incident} now`;
    case 'run.deferred':
      return text`put on the list for the next deployment`;
    case 'run.queued':
      return text`queued`;
    case 'start.hindered':
      return text`could not begin (${event.payload.until === null ? 'waits for a person' : 'tried again by itself'}): ${quote(event.payload.why)}`;
    case 'start.retried':
      return text`had it tried again`;
    case 'run.started':
      return text`started`;
    case 'step.started':
      return text`step ${title(event.payload.step)} began${event.payload.attempt > 1 ? text` (attempt ${event.payload.attempt})` : ''}`;
    case 'step.finished':
      return text`step ${title(event.payload.step)} ${stepOutcomeWords(event.payload.outcome)}${event.payload.summary === '' ? '' : text`: ${quote(event.payload.summary)}`}`;
    case 'step.interrupted':
      return text`step ${title(event.payload.step)} was interrupted`;
    case 'step.waiting':
      return event.payload.until === null
        ? text`step ${title(event.payload.step)} waits for a person`
        : text`step ${title(event.payload.step)} waits ${formatDuration(Math.max(0, Date.parse(event.payload.until) - Date.parse(event.at)))}`;
    case 'step.decided':
      return text`step ${title(event.payload.step)}: ${stepDecisionWords(event.payload.decision)}${event.payload.reason === null ? '' : text`, ${quote(event.payload.reason)}`}`;
    case 'cancel.requested':
      return text`asked to cancel${event.payload.reason === null ? '' : text`: ${quote(event.payload.reason)}`}`;
    case 'run.succeeded':
      return event.payload.doubts.length === 0
        ? text`succeeded`
        : text`ended, not proven: ${name(event.payload.doubts.join(', '))}`;
    case 'run.failed':
      return text`failed at ${title(event.payload.step)}: ${quote(event.payload.why)}`;
    case 'run.cancelled':
      return text`cancelled: ${quote(event.payload.why)}`;
  }
}

function noteWords({ text: noted, by, permalink }: IncidentEventPayload<'timeline.noted'>): Text {
  const page = permalink === '' ? '' : text` ${link(permalink, 'message')}`;
  // A bot's name, which it gives itself, may look like the id of a group.
  const author = /^[UW][A-Z0-9]+$/.test(by) ? person(by) : line(by, LONGEST_NAME);
  return text`${picture('pushpin')} ${author}: ${quote(noted)}${page}`;
}

const quote = (typed: string): Text => text`“${line(typed, LONGEST)}”`;
const name = (typed: string): Text => line(typed, LONGEST);
