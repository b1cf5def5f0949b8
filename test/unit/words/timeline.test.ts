import { describe, expect, it } from 'vitest';
import type { DomainEvent } from '../../../src/domain/events.ts';
import {
  type IncidentEventPayload,
  type IncidentEventType,
  parseIncidentEvent,
} from '../../../src/domain/incident/events.ts';
import { parseRunEvent, type RunEventPayload, type RunEventType } from '../../../src/domain/run/events.ts';
import { drawMrkdwn } from '../../../src/slack/kit/mrkdwn.ts';
import { eventWords } from '../../../src/words/timeline.ts';
import { anIncident } from '../../support/incident-builder.ts';
import { NASTY } from '../../support/nasty-text.ts';
import { aRun } from '../../support/run-builder.ts';

const at = '2026-01-05T03:30:00.000Z';
const digest = 'a'.repeat(64);
const declared = anIncident({ title: NASTY }).build();
const schedule = anIncident()
  .events()
  .flatMap((event) => (event.type === 'incident.declared' ? [event.payload.schedule] : []))[0];
if (schedule === undefined) throw new Error('an incident without its declaration');
const { plan } = aRun().build();
const step = 'rollback';
const commit = { hash: '3'.repeat(40), release: NASTY };
const deployed = { service: NASTY, version: commit, target: commit };

/** One of each, with the worst data; the compiler sees to it that none is missing. */
const ofIncidents: { readonly [Type in IncidentEventType]: IncidentEventPayload<Type> } = {
  'incident.declared': {
    ...{ title: NASTY, severity: 'P1', services: [NASTY], impact: NASTY, usersAffected: 30, startedAt: at },
    ...{ commander: null, source: null, distinctFrom: [], schedule },
  },
  'incident.reported-again': {
    ...{ title: NASTY, severity: 'P0', services: [NASTY], impact: NASTY },
    source: { channel: 'C1', ts: '1.2', permalink: '' },
  },
  'incident.acknowledged': {},
  'incident.updated': { status: 'monitoring', done: NASTY, next: NASTY, eta: NASTY, updateDueAt: at },
  'update.asked': { dueAt: at },
  'update.missed': { dueAt: at, updateDueAt: at },
  'severity.changed': { from: 'P1', to: 'P2', reason: NASTY, schedule },
  'role.taken': { role: 'subject-expert', user: 'U0ADA' },
  'roles.asked-again': { roles: ['scribe', 'subject-expert'] },
  'response.overdue': { respondBy: at },
  'escalation.reached': { role: 'team-lead', because: 'not-acknowledged' },
  'escalation.held': { until: at, reason: NASTY },
  'escalation.released': {},
  'rollback.warned': { startsAt: at, warnAt: at },
  'rollback.held': { reason: NASTY },
  'rollback.released': { startsAt: at },
  'rollback.triggered': { rule: 'go-now' },
  'rollback.stood-down': { run: 'RUN-31' },
  'rollback.blocked': { service: 'web-shop', why: NASTY },
  'decision.due': {},
  'deployed.noted': { ...deployed, environment: 'production', late: true },
  'deployed.moved': deployed,
  'run.linked': { run: 'RUN-31', service: 'web-shop', environment: 'production' },
  'run.settled': { run: 'RUN-31', status: 'failed', proven: false, target: NASTY },
  'run.began': { run: 'RUN-31' },
  'rollback.verified': {},
  'rollback.unverified': { service: NASTY, run: 'RUN-32' },
  'timeline.noted': { text: NASTY, by: NASTY, permalink: NASTY, message: { channel: 'C1', ts: '1.1' } },
  'incident.merged': { into: 'INC-11' },
  'incident.unmerged': { from: 'INC-11', because: 'mutual' },
  'incident.absorbed': { from: 'INC-11', title: NASTY },
  'channel.opened': { channel: 'C0SHOP' },
  'channel.incomplete': { what: [NASTY, NASTY] },
  'incident.resolved': { summary: NASTY, closesAt: at },
  'incident.reopened': { reason: NASTY, schedule },
  'incident.closed': {},
  'press.refused': { press: NASTY, refusal: NASTY },
};

const ofRuns: { readonly [Type in RunEventType]: RunEventPayload<Type> } = {
  'rollback.requested': {
    ...{ incident: declared.id, reason: NASTY, checklist: [], thread: null, plan, digest, expiresAt: at },
  },
  'plan.replaced': { because: 'branch-moved', plan, digest, expiresAt: at },
  'approval.granted': { digest, role: 'team-lead' },
  'approval.denied': { digest, reason: NASTY },
  'approval.refused': { press: 'break-glass', refusal: 'not-permitted' },
  'approval.raised': { digest, roles: ['team-lead', NASTY], expiresAt: at },
  'approval.expired': { digest },
  'approval.by-policy': { digest, incident: declared.id, rule: NASTY },
  'glass.broken': { digest, reason: NASTY },
  'run.joined': { incident: declared.id },
  'run.deferred': {},
  'run.queued': { digest },
  'start.hindered': { why: NASTY, until: null },
  'start.retried': {},
  'run.started': { driver: 'worker' },
  'step.started': { step, attempt: 2, driver: 'worker' },
  'step.finished': { step, attempt: 1, outcome: 'failed', summary: NASTY, tail: NASTY, commit: null },
  'step.interrupted': { step, attempt: 1 },
  'step.waiting': { step, attempt: 1, until: at },
  'step.decided': { step, decision: 'skip', reason: NASTY },
  'cancel.requested': { reason: NASTY },
  'run.succeeded': { doubts: [] },
  'run.failed': { step, why: NASTY },
  'run.cancelled': { why: NASTY },
};

const envelope = { version: 1, at: '2026-01-05T03:00:00.000Z', actor: { kind: 'user', id: 'U0ADA' } };
const events: readonly DomainEvent[] = [
  ...Object.entries(ofIncidents).map(([type, payload]) =>
    parseIncidentEvent({ ...envelope, id: 'INC-12-1', stream: 'INC-12', type, payload }),
  ),
  ...Object.entries(ofRuns).map(([type, payload]) =>
    parseRunEvent({ ...envelope, id: 'RUN-31-1', stream: 'RUN-31', type, payload }),
  ),
];

const read = (event: DomainEvent): string => drawMrkdwn(eventWords(event, new Map([[step, 'Roll <back>']])));
const tell = (type: DomainEvent['type']): string =>
  events
    .filter((event) => event.type === type)
    .map(read)
    .join();

describe.each(events)('$type on the timeline', (event) => {
  it('is one line that nothing typed can break', () => {
    const words = read(event);
    expect(words).toMatch(/^[^\n]{4,}$/);
    expect(words).not.toMatch(/\[object|undefined|<!channel>|<@U0VICTIM>|```|\u202e/);
  });
});

it('calls codes by their names, and a team’s own roles as walkback.yml does', () => {
  expect(tell('roles.asked-again')).toBe('asked again for scribe, subject expert');
  expect(tell('escalation.reached')).toBe('escalated to team-lead (not acknowledged)');
  expect(tell('plan.replaced')).toBe('*RUN-31* made the plan anew (branch moved): approvals start over');
  expect(tell('approval.granted')).toBe('*RUN-31* approved as team-lead');
  expect(tell('approval.refused')).toBe('*RUN-31* was refused: breaking the glass (not permitted)');
});

it('tells steps by their titles, and what was said', () => {
  expect(tell('step.started')).toBe('*RUN-31* step “Roll &lt;back&gt;” began (attempt 2)');
  expect(tell('step.waiting')).toBe('*RUN-31* step “Roll &lt;back&gt;” waits 30 min');
  expect(tell('glass.broken')).toMatch(/^\*RUN-31\* :rotating_light: broke the glass: “&lt;!channel&gt;/);
});
