import { leadOf, peopleOnIt, writerOf } from '../../domain/incident/on-it.ts';
import type { Team } from '../../domain/team/team.ts';
import type { PeoplePlace } from '../../engine/reactions/notices.ts';
import type { IncidentMoment } from '../../engine/streams/incident-moment.ts';
import type { Delivering } from '../delivery/delivering.ts';

/** Who is told directly of something. */
export type Told = {
  /** User ids, each once. */
  readonly users: readonly string[];
  /** As walkback.yml names them: user and user group ids. */
  readonly named: readonly string[];
  /** Whether there may be others, in user groups that Slack doesn't tell of. */
  readonly unsure: boolean;
  /** Whether it is said in the thread where nobody of them can be reached. */
  readonly matters: boolean;
};

/** Who is at a place; whoever did it themselves needs not be told. */
export async function peopleTold(
  deps: Pick<Delivering, 'people'>,
  {
    place,
    moment,
    team,
  }: { readonly place: PeoplePlace; readonly moment: IncidentMoment; readonly team: Team },
): Promise<Told> {
  const { incident, before, event, rolesGiven } = moment;
  switch (place) {
    case 'called-in':
      return calledIn(deps, moment, team);
    case 'told':
      return toldSoFar(deps, moment, team);
    case 'lead':
      return { ...only(leadOf(incident)), matters: true };
    case 'writer':
      return { ...only(writerOf(incident)), matters: true };
    case 'role-holder': {
      if (rolesGiven.length === 0) return NOBODY;
      const user = event.type === 'incident.declared' ? event.payload.commander : holderIn(event);
      return unlessBy(moment, user);
    }
    case 'relieved': {
      if (event.type !== 'role.taken' || before === undefined) return NOBODY;
      return unlessBy(moment, before.roles[event.payload.role]);
    }
  }
}

const holderIn = (event: IncidentMoment['event']): string | null =>
  event.type === 'role.taken' ? event.payload.user : null;

const only = (user: string | undefined): Told => {
  const users = user === undefined ? [] : [user];
  return { users, named: users, unsure: false, matters: users.length > 0 };
};

const NOBODY: Told = only(undefined);

const unlessBy = ({ event: { actor } }: IncidentMoment, user: string | null | undefined): Told =>
  user === null || user === undefined || (actor.kind === 'user' && actor.id === user) ? NOBODY : only(user);

/** Whoever was called in, and whoever is on it, but for whoever did this. */
async function toldSoFar(
  { people }: Pick<Delivering, 'people'>,
  { event: { actor }, incident }: IncidentMoment,
  team: Team,
): Promise<Told> {
  const reached = incident.ladder.filter(({ reachedAt }) => reachedAt !== null);
  const members = await Promise.all(reached.map(({ role }) => people.membersOf(team, role)));
  const all = [...peopleOnIt(incident), ...members.flatMap(({ users }) => users)];
  const users = [...new Set(all)].filter((user) => actor.kind !== 'user' || actor.id !== user);
  return { users, named: users, unsure: false, matters: false };
}

/** A role whose people are all on it already was called in as soon as it was its turn: there is nobody left to be told. */
async function calledIn({ people }: Pick<Delivering, 'people'>, moment: IncidentMoment, team: Team) {
  const { event, incident } = moment;
  if (event.type !== 'escalation.reached') return NOBODY;
  const { role } = event.payload;
  const members = await people.membersOf(team, role);
  const { unsure } = members;
  // Whoever has left can't be called in, though Slack may take the message.
  const accounts = await Promise.all(members.users.map((user) => people.account(user)));
  const gone = members.users.filter((_, index) => accounts[index] === 'deactivated');
  const users = members.users.filter((_, index) => accounts[index] !== 'deactivated');
  const holders = Object.hasOwn(team.roles, role) ? (team.roles[role] ?? []) : [];
  const onIt = peopleOnIt(incident);
  const left = users.filter((user) => !onIt.includes(user));
  const isNobody = users.length === 0 && !unsure;
  return {
    users: left,
    named: isNobody ? [] : holders.filter((id) => !onIt.includes(id) && !gone.includes(id)),
    unsure,
    matters: isNobody || left.length > 0,
  };
}
