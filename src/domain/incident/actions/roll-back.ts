import { holdsAny, type Person } from '../../actor.ts';
import { refuse } from '../../refusal.ts';
import type { Team } from '../../team/team.ts';
import { movesName } from '../deployed.ts';
import { type Incident, isRollbackPlanned } from '../incident.ts';
import { accept, refuseOver } from '../may-work.ts';
import { incidentAction } from './action.ts';

/** `moves`: by their name, from what to what it was said to go when somebody was asked whether they are sure. */
type Fields = { readonly moves?: string | undefined };

/**
 * Starts the automatic rollback before its time: by those alone who may approve one, and only as it was said to go.
 * Everybody else, and at any other time, asks for a rollback instead; who may is a matter of runs.
 */
export const rollBack = incidentAction({
  press: 'roll-back',
  words: 'rolling back',
  whyNot: refuseOver,
  decide: (incident, { person }, { moves }: Fields, { team }) => {
    if (!mayStartRollback(incident, person, team))
      return refuse({ reason: 'not-permitted', roles: approversOf(incident, team) });
    if (!isRollbackPlanned(incident)) return refuse({ reason: 'nothing-to-start' });
    const underWay = incident.services.map((service) => runUnderWay(incident, service));
    const run = underWay[0];
    if (run !== undefined && !underWay.includes(undefined)) return refuse({ reason: 'already-started', run });
    if (moves !== undefined && moves !== movesName(incident)) return refuse({ reason: 'plan-changed' });
    return accept({ type: 'rollback.triggered', payload: { rule: 'go-now' } });
  },
});

/** Whether what the policy would do by itself may be started by this person's press. */
export const mayStartRollback = (incident: Incident, person: Person, team: Team): boolean =>
  holdsAny(person, approversOf(incident, team));

const approversOf = ({ severity }: Incident, team: Team): readonly string[] =>
  team.severities[severity]?.approval.roles ?? [];

const runUnderWay = ({ runs }: Incident, service: string): string | undefined =>
  runs.find((linked) => linked.service === service && linked.status === null)?.run;
