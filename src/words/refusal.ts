import type { GitTrouble } from '../domain/git/git-trouble.ts';
import { nearest } from '../domain/problem/nearest.ts';
import type { Refusal } from '../domain/refusal.ts';
import { holdersOf } from '../domain/team/holders.ts';
import { isUserGroup, type Team } from '../domain/team/team.ts';
import { incidentRoleWords, incidentStatusWords, runStatusWords, stepDecisionWords } from './codes.ts';
import { code, doer, instant, line, people, person, strong } from './parts.ts';
import { joined, type Text, text } from './text.ts';

/** A refusal as a person reads it: what is wrong, what is expected, what to do; with `roles`, whom to ask. */
export function refusalWords(refusal: Refusal, roles: Team['roles'] = {}): Text {
  switch (refusal.reason) {
    case 'unknown-service':
      return text`I don't know a service ${code(refusal.service)}. ${oneOf(refusal.service, refusal.known, 'walkback.yml has no services yet')}`;
    case 'unknown-environment':
      return text`There is no environment ${code(refusal.environment)} here. ${oneOf(refusal.environment, refusal.known, 'This service has none')}`;
    case 'unknown-playbook':
      return text`There is no playbook ${code(refusal.playbook)} for this service. ${oneOf(refusal.playbook, refusal.known, 'It has none')}`;
    case 'unknown-severity':
      return text`${code(refusal.severity)} is not a severity. ${oneOf(refusal.severity, refusal.known, 'walkback.yml has none')}`;
    case 'unknown-run':
      return text`I don't know a rollback ${code(refusal.run)}. ${code('/rollback list')} shows the latest.`;
    case 'missing-reason':
      return text`A reason is needed: one sentence that others will understand tomorrow.`;
    case 'bad-parameter':
      return text`The parameter ${code(refusal.parameter)} doesn't fit: expected ${line(refusal.expected, 200)}.`;
    case 'target-malformed':
      return text`${code(refusal.target)} can't be a target. Give a tag such as ${code('v1.3.0')} or a commit such as ${code('3fa8c21')}.`;
    case 'target-not-a-commit':
      return text`${code(refusal.target)} is not a commit or tag in ${code(refusal.repository)}. Check the spelling, or whether it was pushed.`;
    case 'target-not-on-branch':
      return text`${code(refusal.target)} is not on ${code(refusal.branch)}, so that state was never deployed from there. Choose a commit of that branch.`;
    case 'target-inside-merge':
      return text`${code(refusal.target)} came into ${code(refusal.branch)} inside ${code(refusal.merge)}, so by its history the branch itself was never at it. Choose ${code(refusal.merge)}, or what was there before, ${code(refusal.before)}; if it was deployed all the same, tag it as a release and ask again.`;
    case 'target-already-deployed':
      if (refusal.paths !== undefined && refusal.paths.length > 0)
        return text`Nothing differs in ${first(refusal.paths)} between ${code(refusal.target)} and what is deployed: nothing to roll back. Choose an earlier one, or a playbook that takes back more.`;
      return text`${code(refusal.target)} is what is deployed already: nothing to roll back. Choose an earlier one.`;
    case 'no-previous-release':
      return text`I found no earlier release of ${code(refusal.service)}. Name a commit: ${code(`/rollback ${refusal.service} COMMIT`)}.`;
    case 'git-trouble':
      return text`${GIT_TROUBLE[refusal.trouble](code(refusal.repository))}: ${line(unended(refusal.detail), 310)}. Nothing was changed; ${GIT_REMEDY[refusal.trouble]}.`;
    case 'rollback-in-progress':
      return text`${refusal.heldBy} by ${doer(refusal.owner)} is on it since ${instant(refusal.since)}, and only one rollback may run there at a time. See ${code(`/rollback status ${refusal.heldBy}`)}, or end it first: ${cancel(refusal.heldBy)}.`;
    case 'not-permitted':
      return text`That needs the role ${anyOf(refusal.roles)}, which you don't have. Ask ${somebody(holdersOf(roles, refusal.roles), text`somebody who does`)}.`;
    case 'roles-unknown': {
      const known = holdersOf(roles, refusal.roles).filter((id) => !isUserGroup(id));
      return text`That needs the role ${anyOf(refusal.roles)}. Slack could not be asked who is in its user group, so I can't tell whether you have it. Nothing was done: try again in a minute, or ask ${somebody(known, text`somebody who has it by name`)}.`;
    }
    case 'other-workspace':
      return text`Only members of this workspace can do that. Ask somebody who is.`;
    case 'not-a-person':
      return NOT_A_PERSON[refusal.account];
    case 'own-request':
      return text`You asked for this, so somebody else has to approve. To take it back: ${cancel(refusal.run)}.`;
    case 'already-approved':
      return text`You have approved this already. It needs another person too.`;
    case 'plan-changed':
      return text`The plan has changed since you saw it. Look at the newest card and decide on that one.`;
    case 'approval-expired':
      return text`The time for approving ended ${instant(refusal.at)}. Ask again with ${code('/rollback')}.`;
    case 'not-awaiting-approval':
      return text`There is nothing to approve any more: it is ${runStatusWords(refusal.status)}.`;
    case 'already-ended':
      return text`This rollback is over: ${runStatusWords(refusal.status)}.`;
    case 'step-not-waiting':
      return text`“${line(refusal.step, 120)}” isn't waiting for anybody. The card shows where things are.`;
    case 'step-moved-on':
      return text`That has moved on: somebody else was faster, or it was asked already. The card shows where things are.`;
    case 'step-answered':
      return text`${doer(refusal.by)} has answered that already: ${stepDecisionWords(refusal.decision)}. The card shows how it went on.`;
    case 'verification-not-skippable':
      return text`“${line(refusal.step, 120)}” is a check, and a rollback without its checks isn't done. Retry it, or abort.`;
    case 'not-locked':
      return text`Nothing holds ${code(refusal.service)} in ${code(refusal.environment)}: there is nothing to unlock.`;
    case 'unknown-incident':
      return text`I don't know an incident ${code(refusal.incident)}. ${code('/incident list')} shows the latest.`;
    case 'incident-over':
      return text`This incident is ${incidentStatusWords(refusal.status)}: nothing can be changed any more. Reopen it within a day of its end, or declare another.`;
    case 'incident-closed':
      return text`It can't be reopened any more, that ended ${instant(refusal.at)}. Declare a new one: ${code('/incident')}.`;
    case 'not-resolved':
      return text`There is nothing to reopen: it is ${incidentStatusWords(refusal.status)}.`;
    case 'already-acknowledged':
      return text`${doer(refusal.by)} has acknowledged it already.`;
    case 'same-severity':
      return text`It is ${refusal.severity} already. Choose another severity.`;
    case 'role-taken':
      return text`${person(refusal.user)} is ${incidentRoleWords(refusal.role)} already.`;
    case 'not-commander':
      return refusal.commander === null
        ? text`Only the commander may do that, and there is none yet. Take the role first: press Roles.`
        : text`Only the commander may do that: ${person(refusal.commander)}.`;
    case 'nothing-to-hold':
      return text`There is nothing to hold: it has begun, is held already, or is off.`;
    case 'nothing-to-release':
      return text`Nothing is held here any more: the hold was taken back, its time is over, or what it held is off. The card shows how it stands.`;
    case 'already-monitoring':
      return text`${doer(refusal.by)} has set it to monitoring already.`;
    case 'not-rolled-back':
      return text`That isn't known any more: since the rollback was checked somebody has said otherwise, or another one has begun. Look at the card, then say how it stands: press ${strong('Update')}.`;
    case 'nothing-to-start':
      return text`The automatic rollback has begun, or is off: the card shows which. ${strong('Roll back')} there asks for another.`;
    case 'next-deployment':
      return text`This one waits for the next deployment, so there is nothing to approve or deny. If it can't wait: ${strong('View plan')} on its card offers to break the glass to who may. To take it off the list: ${cancel(refusal.run)}.`;
    case 'policy-needs-person':
      return text`I don't start this by myself: ${line(refusal.why, 300)}. A person has to look at it and ask with ${code('/rollback')}.`;
    case 'already-started':
      return text`${refusal.run} is under way, and goes on as it is. To stop it: ${cancel(refusal.run)}.`;
    case 'not-approved':
      return text`It lacks the approvals that ${refusal.severity} demands, so it was not started. Ask again with ${code('/rollback')}.`;
  }
}

const GIT_TROUBLE: Readonly<Record<GitTrouble, (repository: Text) => Text>> = {
  unreachable: (repository) => text`I can't reach ${repository}`,
  'not-trusted': (repository) => text`I don't trust the server of ${repository}`,
  'not-let-in': (repository) => text`The server didn't let me in to ${repository}`,
  'not-found': (repository) => text`I can't find ${repository}`,
  'no-branch': (repository) => text`${repository} lacks the branch`,
  'push-refused': (repository) => text`${repository} refused the push`,
  'no-room': (repository) => text`My disk has no room left for ${repository}`,
  busy: (repository) => text`Another git process has a lock on my copy of ${repository}`,
  failed: (repository) => text`Git failed on ${repository}`,
};

/** Whom or what it takes, to end "Nothing was changed; …". */
const GIT_REMEDY: Readonly<Record<GitTrouble, string>> = {
  unreachable: 'try again when it answers',
  'not-trusted': "whoever runs Walkback has to accept the server's key or certificate",
  'not-let-in': 'whoever runs Walkback has to see to its key or token, and what that may do',
  'not-found': 'see whether the address in walkback.yml is right, and whether my key or token may see it',
  'no-branch': 'see which branch walkback.yml names for it',
  'push-refused': 'do what it asks for, or have its owners let me push',
  'no-room': 'whoever runs Walkback has to make room',
  busy: 'try again in a minute',
  failed: 'if that stays so, ask whoever runs Walkback',
};

const unended = (said: string): string => said.replace(/[.\s]+$/, '');

const NOT_A_PERSON = {
  bot: text`Only people can do that, and Slack says that this account is a bot. Ask a person to do it.`,
  deactivated: text`Slack says that this account is deactivated, so it can do nothing here. Use the account that you have now, or ask somebody else.`,
} as const;

const cancel = (run: string): Text => code(`/rollback cancel ${run}`);
const anyOf = (roles: readonly string[]): Text =>
  joined(
    roles.map((role) => code(role)),
    ' or ',
  );
const somebody = (ids: readonly string[], otherwise: Text): Text =>
  ids.length === 0 ? otherwise : people(ids);

/** The known name that a mistyped one most likely means, and what is known. */
function oneOf(typed: string, known: readonly string[], none: string): Text {
  if (known.length === 0) return text`${none}.`;
  const near = nearest(typed, known);
  const suggested = near === undefined ? [] : text`Did you mean ${code(near)}? `;
  return text`${suggested}${listed(known)}`;
}

const listed = (known: readonly string[]): Text => text`Known: ${first(known)}.`;

function first(names: readonly string[]): Text {
  const shown = joined(
    names.slice(0, LISTED).map((name) => code(name, LONGEST_NAME)),
    ', ',
  );
  return names.length > LISTED ? text`${shown} and ${names.length - LISTED} more` : shown;
}

const LISTED = 15;
const LONGEST_NAME = 75;
