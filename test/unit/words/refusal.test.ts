import { describe, expect, it } from 'vitest';
import type { Refusal } from '../../../src/domain/refusal.ts';
import { textMessage } from '../../../src/slack/kit/message.ts';
import { refusalText } from '../../../src/slack/kit/refusal.ts';
import { nasty } from '../../support/nasty-text.ts';
import { validateMessage } from '../../support/slack-rules.ts';

const at = '2026-01-05T03:00:00.000Z';
const known = Array.from({ length: 200 }, () => nasty(75));

/** One of each reason, with the worst data; the compiler sees to it that none is missing. */
const all: { readonly [Reason in Refusal['reason']]: Extract<Refusal, { reason: Reason }> } = {
  'unknown-service': { reason: 'unknown-service', service: nasty(300), known },
  'unknown-environment': { reason: 'unknown-environment', environment: nasty(300), known: [] },
  'unknown-playbook': { reason: 'unknown-playbook', playbook: nasty(300), known },
  'unknown-severity': { reason: 'unknown-severity', severity: nasty(300), known },
  'unknown-run': { reason: 'unknown-run', run: nasty(300) },
  'missing-reason': { reason: 'missing-reason' },
  'bad-parameter': { reason: 'bad-parameter', parameter: nasty(300), expected: nasty(300) },
  'target-malformed': { reason: 'target-malformed', target: nasty(3_000) },
  'target-not-a-commit': { reason: 'target-not-a-commit', target: nasty(300), repository: nasty(300) },
  'target-not-on-branch': { reason: 'target-not-on-branch', target: nasty(300), branch: nasty(300) },
  'target-inside-merge': {
    reason: 'target-inside-merge',
    target: nasty(300),
    branch: nasty(300),
    merge: 'abcdef0',
    before: 'abcdef1',
  },
  'target-already-deployed': {
    reason: 'target-already-deployed',
    target: nasty(300),
    paths: known,
  },
  'no-previous-release': { reason: 'no-previous-release', service: nasty(300) },
  'git-trouble': {
    reason: 'git-trouble',
    trouble: 'push-refused',
    repository: nasty(300),
    detail: nasty(3_000),
  },
  'rollback-in-progress': {
    reason: 'rollback-in-progress',
    heldBy: 'RUN-30',
    since: at,
    owner: { kind: 'user', id: 'U0A' },
  },
  'not-permitted': { reason: 'not-permitted', roles: ['approver', 'lead'] },
  'roles-unknown': { reason: 'roles-unknown', roles: ['approver', 'lead'] },
  'not-a-person': { reason: 'not-a-person', account: 'deactivated' },
  'other-workspace': { reason: 'other-workspace' },
  'own-request': { reason: 'own-request', run: 'RUN-31' },
  'already-approved': { reason: 'already-approved' },
  'plan-changed': { reason: 'plan-changed' },
  'approval-expired': { reason: 'approval-expired', at },
  'not-awaiting-approval': { reason: 'not-awaiting-approval', status: 'awaiting_approval' },
  'already-ended': { reason: 'already-ended', status: 'succeeded' },
  'step-not-waiting': { reason: 'step-not-waiting', step: nasty(300) },
  'step-moved-on': { reason: 'step-moved-on' },
  'step-answered': { reason: 'step-answered', by: { kind: 'user', id: 'U2APPROVER' }, decision: 'skip' },
  'verification-not-skippable': { reason: 'verification-not-skippable', step: nasty(300) },
  'not-locked': { reason: 'not-locked', service: 'web-shop', environment: 'production' },
  'unknown-incident': { reason: 'unknown-incident', incident: nasty(300) },
  'incident-over': { reason: 'incident-over', status: 'resolved' },
  'incident-closed': { reason: 'incident-closed', at },
  'not-resolved': { reason: 'not-resolved', status: 'investigating' },
  'already-acknowledged': { reason: 'already-acknowledged', by: { kind: 'user', id: 'U0A' } },
  'same-severity': { reason: 'same-severity', severity: 'P1' },
  'role-taken': { reason: 'role-taken', role: 'subject-expert', user: 'U0A' },
  'not-commander': { reason: 'not-commander', commander: null },
  'nothing-to-hold': { reason: 'nothing-to-hold' },
  'nothing-to-release': { reason: 'nothing-to-release' },
  'already-monitoring': { reason: 'already-monitoring', by: { kind: 'user', id: 'U0A' } },
  'not-rolled-back': { reason: 'not-rolled-back' },
  'nothing-to-start': { reason: 'nothing-to-start' },
  'next-deployment': { reason: 'next-deployment', run: 'RUN-31' },
  'policy-needs-person': { reason: 'policy-needs-person', why: nasty(1_000) },
  'already-started': { reason: 'already-started', run: 'RUN-31' },
  'not-approved': { reason: 'not-approved', severity: 'P1' },
};

describe.each(Object.values(all))('a refusal because of $reason', (refusal) => {
  it('is a short text that can be shown as it is', () => {
    const text = refusalText(refusal);
    expect(text).toMatch(/^[^\n]{20,}$/);
    expect(validateMessage(textMessage(text))).toEqual([]);
  });
});

it('tells who holds the service, since when, and what to do', () => {
  const text = refusalText(all['rollback-in-progress']);
  expect(text).toContain('RUN-30 by <@U0A>');
  expect(text).toContain('<!date^1767582000^');
  expect(text).toContain('`/rollback status RUN-30`');
  expect(text).toContain('`/rollback cancel RUN-30`');
});

it('names whom to ask where a role is missing', () => {
  const refusal = { reason: 'not-permitted', roles: ['approver', 'lead'] } as const;
  const roles = { approver: ['U1', 'U2'], lead: ['U2', 'U3', 'U4', 'U5', 'U6', 'U7', 'U8'] };
  expect(refusalText(refusal)).toContain('Ask somebody who does.');
  expect(refusalText(refusal, { approver: ['U1'], lead: ['U2'] })).toMatch(/Ask <@U1> or <@U2>\.$/);
  expect(refusalText(refusal, roles)).toMatch(/<@U6> and 2 more\.$/);
});

it('names a user group as one whom to ask', () => {
  const refusal = { reason: 'not-permitted', roles: ['approver'] } as const;
  expect(refusalText(refusal, { approver: ['U1', 'S2'] })).toMatch(/Ask <@U1> or <!subteam\^S2>\.$/);
});

it('says that Slack could not be asked, to try again, and whom to ask that needs no asking of Slack', () => {
  const refusal = { reason: 'roles-unknown', roles: ['approver'] } as const;
  const text = refusalText(refusal, { approver: ['S2', 'U1'] });
  expect(text).toContain('Slack could not be asked');
  expect(text).toMatch(/try again in a minute, or ask <@U1>\.$/);
  expect(refusalText(refusal, { approver: ['S2'] })).toMatch(/or ask somebody who has it by name\.$/);
});

it('tells bots and deactivated accounts what they are', () => {
  expect(refusalText({ reason: 'not-a-person', account: 'bot' })).toContain('this account is a bot');
  expect(refusalText({ reason: 'not-a-person', account: 'deactivated' })).toContain('is deactivated');
});

it('names what is known when something is unknown', () => {
  const text = refusalText({ reason: 'unknown-service', service: 'shop', known: ['web-shop', 'api'] });
  expect(text).toBe("I don't know a service `shop`. Known: `web-shop`, `api`.");
});
