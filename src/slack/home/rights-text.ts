import { holdsAny, type Person } from '../../domain/actor.ts';
import { Severity } from '../../domain/severity.ts';
import { breakGlassRoles, respondRoles, type Team } from '../../domain/team/team.ts';
import { inlineCode } from '../kit/text.ts';

const NAMED_ROLES = 15;

/** What a person may do, as far as their roles go. */
export type HomeRights = {
  readonly roles: readonly string[];
  /** Roles of which nobody can tell now whether they hold them. */
  readonly unsure: readonly string[];
  readonly respond: boolean;
  readonly request: boolean;
  readonly approve: readonly Severity[];
  readonly decide: boolean;
  readonly unlock: boolean;
  readonly breakGlass: boolean;
};

export function rightsOf(person: Person, team: Team): HomeRights {
  const may = (roles: readonly string[]): boolean => holdsAny(person, roles);
  const { permissions, severities } = team;
  return {
    roles: person.roles,
    unsure: person.unsure ?? [],
    respond: may(respondRoles(team)),
    request: may(permissions.request),
    approve: Severity.options.filter((severity) => may(severities[severity].approval.roles)),
    decide: may(permissions.decide),
    unlock: may(permissions.unlock),
    breakGlass: may(breakGlassRoles(team)),
  };
}

/** The same as a person reads it (mrkdwn). */
export function rightsText(rights: HomeRights): string {
  const lines = [
    ...(rights.respond ? ['declare incidents and work on them: `/incident`'] : []),
    ...(rights.request ? ['ask for rollbacks: `/rollback`'] : []),
    ...(rights.approve.length > 0 ? [`approve and deny rollbacks of ${rights.approve.join(', ')}`] : []),
    ...(rights.decide ? ['decide about steps that failed'] : []),
    ...(rights.unlock ? ['end whatever holds a service: `/rollback unlock`'] : []),
    ...(rights.breakGlass ? ['break the glass: start without approvals, with a reason'] : []),
    'see how things stand: `/incident list`, `/rollback list`',
  ];
  return [
    ...lines.map((line) => `• ${line}`),
    rights.roles.length === 0
      ? 'You have no role. An admin changes that in walkback.yml.'
      : `Your roles: ${names(rights.roles)}.`,
    ...(rights.unsure.length === 0
      ? []
      : [`:warning: Slack can't be asked just now whether you have these as well: ${names(rights.unsure)}.`]),
  ].join('\n');
}

const names = (roles: readonly string[]): string =>
  roles
    .slice(0, NAMED_ROLES)
    .map((role) => inlineCode(role))
    .join(', ');
