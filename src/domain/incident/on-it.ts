import type { Actor } from '../actor.ts';
import type { Incident } from './incident.ts';

/** User id of whoever leads it: the commander, else who acknowledged it, else who declared it; undefined where none is a person. */
export const leadOf = ({ roles, acknowledged, declaredBy }: Incident): string | undefined =>
  roles.commander ?? userOf(acknowledged?.by) ?? userOf(declaredBy);

/** User id of whoever is to write its next update. */
export const writerOf = (incident: Incident): string | undefined =>
  incident.roles.communications ?? leadOf(incident);

/** User ids of those who know of it because they work on it: who declared, reported or acknowledged it, or has a role in it. */
export const peopleOnIt = ({ roles, acknowledged, declaredBy, reports }: Incident): readonly string[] => [
  ...new Set(
    [
      userOf(declaredBy),
      ...reports.map(({ by }) => userOf(by)),
      userOf(acknowledged?.by),
      ...Object.values(roles),
    ].filter((user) => user !== undefined && user !== null),
  ),
];

/** Whether anybody is known to work on it: acknowledged, or led. */
export const isWorkedOn = ({ roles, acknowledged }: Incident): boolean =>
  acknowledged !== null || roles.commander !== null;

/** Whether people are called in for it. One that calls nobody in is quiet: no alarm, nobody asked for roles. */
export const callsPeopleIn = ({ ladder }: Pick<Incident, 'ladder'>): boolean => ladder.length > 0;

const userOf = (actor: Actor | undefined): string | undefined =>
  actor?.kind === 'user' ? actor.id : undefined;
