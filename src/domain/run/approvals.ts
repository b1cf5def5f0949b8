import type { Run } from './run.ts';

/** The roles that may approve at this moment: the severity's, and after a first wait the rung above. */
export const approvingRoles = (run: Run): readonly string[] => [
  ...new Set([...run.plan.approval.roles, ...(run.raised?.roles ?? [])]),
];

/** Whether the wait for approvals is followed by another, with the rung above asked as well. */
export const canBeRaised = (run: Run): boolean => run.raised === null && run.plan.approval.raiseTo.length > 0;

/** Whether the glass was broken, or the policy approved, for the very plan in force. */
export const isGlassBroken = (run: Run): boolean => run.glass?.planNumber === run.planNumber;
export const isApprovedByPolicy = (run: Run): boolean => run.byPolicy?.planNumber === run.planNumber;

/** Whether the plan in force has what its severity demands to start: enough people, broken glass, or the policy. */
export function isApproved(run: Run): boolean {
  if (isGlassBroken(run) || isApprovedByPolicy(run)) return true;
  const { count, nextDeployment } = run.plan.approval;
  return !nextDeployment && countedPeople(run).size >= count;
}

/** User ids of those whose approval counts: each person once, for this plan, by a role that may. */
function countedPeople(run: Run): ReadonlySet<string> {
  const roles = approvingRoles(run);
  const counted = run.approvals.filter(({ digest, role }) => digest === run.digest && roles.includes(role));
  const people = new Set(counted.flatMap(({ by }) => (by.kind === 'user' ? [by.id] : [])));
  const { requestedBy, plan } = run;
  if (requestedBy.kind === 'user' && !plan.approval.requesterMayApprove) people.delete(requestedBy.id);
  return people;
}
