import type { Refusal } from '../domain/refusal.ts';
import { isUserGroup, type Team } from '../domain/team/team.ts';
import { escapeText, inlineCode, nameActor, namePeople, oneLine, slackDate } from '../slack/kit/text.ts';
import { holdersOf } from '../slack/run/people-needed.ts';

/** A refusal as a person reads it (mrkdwn): what is wrong, what is expected, what to do; with `roles`, whom to ask. */
export function refusalText(refusal: Refusal, roles: Team['roles'] = {}): string {
  switch (refusal.reason) {
    case 'unknown-service':
      return `I don't know a service ${inlineCode(refusal.service)}. ${oneOf(refusal.known, 'walkback.yml has no services yet')}`;
    case 'unknown-environment':
      return `There is no environment ${inlineCode(refusal.environment)} here. ${oneOf(refusal.known, 'This service has none')}`;
    case 'unknown-playbook':
      return `There is no playbook ${inlineCode(refusal.playbook)} for this service. ${oneOf(refusal.known, 'It has none')}`;
    case 'unknown-severity':
      return `${inlineCode(refusal.severity)} is not a severity. ${oneOf(refusal.known, 'walkback.yml has none')}`;
    case 'unknown-run':
      return `I don't know a rollback ${inlineCode(refusal.run)}. \`/rollback list\` shows the latest.`;
    case 'missing-reason':
      return 'A reason is needed: one sentence that others will understand tomorrow.';
    case 'bad-parameter':
      return `The parameter ${inlineCode(refusal.parameter)} doesn't fit: expected ${oneLine(refusal.expected, 200)}.`;
    case 'target-malformed':
      return `${inlineCode(refusal.target)} can't be a target. Give a tag such as \`v1.3.0\` or a commit such as \`3fa8c21\`.`;
    case 'target-not-a-commit':
      return `${inlineCode(refusal.target)} is not a commit or tag in ${inlineCode(refusal.repository)}. Check the spelling, or whether it was pushed.`;
    case 'target-not-on-branch':
      return `${inlineCode(refusal.target)} is not on ${inlineCode(refusal.branch)}, so that state was never deployed from there. Choose a commit of that branch.`;
    case 'target-already-deployed':
      return `${inlineCode(refusal.target)} is what is deployed already: nothing to roll back. Choose an earlier one.`;
    case 'no-previous-release':
      return `I found no earlier release of ${inlineCode(refusal.service)}. Name a commit: \`/rollback ${oneLine(refusal.service, 75)} COMMIT\`.`;
    case 'repository-unreachable':
      return `I can't reach ${inlineCode(refusal.repository)}: ${oneLine(refusal.detail, 300)}. Nothing was changed; try again when it answers.`;
    case 'rollback-in-progress':
      return `${escapeText(refusal.heldBy)} by ${nameActor(refusal.owner)} is on it since ${slackDate(refusal.since)}, and only one rollback may run there at a time. See \`/rollback status ${escapeText(refusal.heldBy)}\`, or end it first: \`/rollback cancel ${escapeText(refusal.heldBy)}\`.`;
    case 'not-permitted':
      return `That needs the role ${refusal.roles.map((role) => inlineCode(role)).join(' or ')}, which you don't have. Ask ${namePeople(holdersOf(roles, refusal.roles)) || 'somebody who does'}.`;
    case 'roles-unknown':
      return `That needs the role ${refusal.roles.map((role) => inlineCode(role)).join(' or ')}. Slack could not be asked who is in its user group, so I can't tell whether you have it. Nothing was done: try again in a minute, or ask ${namePeople(holdersOf(roles, refusal.roles).filter((id) => !isUserGroup(id))) || 'somebody who has it by name'}.`;
    case 'other-workspace':
      return 'Only members of this workspace can do that. Ask somebody who is.';
    case 'not-a-person':
      return NOT_A_PERSON[refusal.account];
    case 'own-request':
      return `You asked for this, so somebody else has to approve. To take it back: \`/rollback cancel ${refusal.run}\`.`;
    case 'already-approved':
      return 'You have approved this already. It needs another person too.';
    case 'plan-changed':
      return 'The plan has changed since you saw it. Look at the newest card and decide on that one.';
    case 'approval-expired':
      return `The time for approving ended ${slackDate(refusal.at)}. Ask again with \`/rollback\`.`;
    case 'not-awaiting-approval':
      return `There is nothing to approve any more: it is ${words(refusal.status)}.`;
    case 'already-ended':
      return `This rollback is over: ${words(refusal.status)}.`;
    case 'step-not-waiting':
      return `“${oneLine(refusal.step, 120)}” isn't waiting for anybody. The card shows where things are.`;
    case 'step-moved-on':
      return 'That has moved on: somebody else was faster, or it was asked already. The card shows where things are.';
    case 'verification-not-skippable':
      return `“${oneLine(refusal.step, 120)}” is a check, and a rollback without its checks isn't done. Retry it, or abort.`;
    case 'not-locked':
      return `Nothing holds ${inlineCode(refusal.service)} in ${inlineCode(refusal.environment)}: there is nothing to unlock.`;
    case 'unknown-incident':
      return `I don't know an incident ${inlineCode(refusal.incident)}. \`/incident list\` shows the latest.`;
    case 'incident-over':
      return `This incident is ${words(refusal.status)}: nothing can be changed any more. Reopen it within a day of its end, or declare another.`;
    case 'incident-closed':
      return `It can't be reopened any more, that ended ${slackDate(refusal.at)}. Declare a new one: \`/incident\`.`;
    case 'not-resolved':
      return `There is nothing to reopen: it is ${words(refusal.status)}.`;
    case 'already-acknowledged':
      return `${nameActor(refusal.by)} has acknowledged it already.`;
    case 'same-severity':
      return `It is ${escapeText(refusal.severity)} already. Choose another severity.`;
    case 'role-taken':
      return `<@${escapeText(refusal.user)}> is ${words(refusal.role)} already.`;
    case 'not-commander':
      return refusal.commander === null
        ? 'Only the commander may do that, and there is none yet. Take the role first: press Roles.'
        : `Only the commander may do that: <@${escapeText(refusal.commander)}>.`;
    case 'nothing-to-hold':
      return 'There is nothing to hold: it has begun, is held already, or is off.';
    case 'nothing-to-start':
      return 'There is no automatic rollback waiting here. Start one by hand: press Start rollback.';
    case 'next-deployment':
      return `This one waits for the next deployment, so there is nothing to approve or deny. If it can't wait, press *Break glass* on its card; to take it off the list: \`/rollback cancel ${escapeText(refusal.run)}\`.`;
    case 'policy-needs-person':
      return `I don't start this by myself: ${oneLine(refusal.why, 300)}. A person has to look at it and ask with \`/rollback\`.`;
    case 'already-started':
      return `${escapeText(refusal.run)} is under way, and goes on as it is. To stop it: \`/rollback cancel ${escapeText(refusal.run)}\`.`;
    case 'not-approved':
      return `It lacks the approvals that ${escapeText(refusal.severity)} demands, so it was not started. Ask again with \`/rollback\`.`;
  }
}

const NOT_A_PERSON = {
  bot: 'Only people can do that, and Slack says that this account is a bot. Ask a person to do it.',
  deactivated:
    'Slack says that this account is deactivated, so it can do nothing here. Use the account that you have now, or ask somebody else.',
} as const;

function oneOf(known: readonly string[], none: string): string {
  if (known.length === 0) return `${none}.`;
  const shown = known.slice(0, 15).map((name) => inlineCode(name));
  return `Known: ${shown.join(', ')}${known.length > shown.length ? ` and ${known.length - shown.length} more` : ''}.`;
}

const words = (status: string): string => escapeText(status.replaceAll(/[_-]/g, ' '));
