import type { SeverityPolicy, Team } from '../../domain/team/team.ts';
import type { HealthFinding } from '../../engine/ports/health.ts';
import type { KnownPerson } from './look-up-people.ts';

/**
 * Can the approval that each severity demands be met by people who may act? A requester is not counted where the
 * severity doesn't let them approve, so it may depend on who asks.
 */
export function judgeApprovals(
  team: Pick<Team, 'roles' | 'permissions' | 'severities'>,
  people: ReadonlyMap<string, KnownPerson>,
): readonly HealthFinding[] {
  const mayAct = (user: string): boolean => people.get(user)?.amiss === undefined;
  const holders = (roles: readonly string[]): readonly string[] => [
    ...new Set(roles.flatMap((role) => team.roles[role] ?? []).filter(mayAct)),
  ];
  const requesters = holders(team.permissions.request);
  if (requesters.length === 0)
    return [
      {
        level: 'problem',
        what: `nobody can ask for a rollback: no active person in ${team.permissions.request.join(' or ')}`,
        todo: `add somebody to roles.${team.permissions.request[0] ?? ''}`,
      },
    ];
  return Object.entries(team.severities).map(([severity, { approval }]) =>
    judge({ severity, approval, approvers: holders(approval.roles), requesters, people }),
  );
}

function judge({
  severity,
  approval,
  approvers,
  requesters,
  people,
}: {
  readonly severity: string;
  readonly approval: SeverityPolicy['approval'];
  readonly approvers: readonly string[];
  readonly requesters: readonly string[];
  readonly people: ReadonlyMap<string, KnownPerson>;
}): HealthFinding {
  const { count, roles, requesterMayApprove } = approval;
  const canFor = (requester: string): number =>
    approvers.filter((user) => requesterMayApprove || user !== requester).length;
  const stuck = requesters.filter((requester) => canFor(requester) < count);
  const demand = `${severity}: ${count} of ${roles.join(' or ')} must approve`;
  if (stuck.length === 0) return { level: 'ok', what: `${demand}, ${approvers.length} can` };
  const todo = `add people to roles.${roles[0] ?? ''}, or lower severities.${severity}.approval.count`;
  if (stuck.length === requesters.length)
    return {
      level: 'problem',
      what: `${demand}, but only ${Math.max(...requesters.map(canFor))} can, beside whoever asks`,
      todo,
    };
  return {
    level: 'warning',
    what: `${demand}, but when ${stuck.map((user) => people.get(user)?.shown ?? user).join(' or ')} asks, only ${Math.min(...stuck.map(canFor))} can`,
    todo,
  };
}
