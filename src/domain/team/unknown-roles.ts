import { describeUnknown, isKnown, nearest } from '../problem/nearest.ts';
import type { Partly } from '../problem/partly.ts';
import type { Finding, Path } from '../problem/problem.ts';
import type { Team } from './team.ts';

/** The roles of a list at a path of walkback.yml that it doesn't have under roles; none where those could not be read. */
export function unknownRoles(
  team: Partly<Team>,
  path: Path,
  roles: readonly (string | undefined)[] | undefined,
): readonly Finding[] {
  const example = (close: string): string => `${path.at(-1)}: [${close}]`;
  return (roles ?? []).flatMap((role, index) => unknownRole(team, { path: [...path, index], role, example }));
}

/** The same for one role; `example` shows the one that is most likely meant in its place. */
export function unknownRole(
  team: Partly<Team>,
  {
    path,
    role,
    example,
  }: {
    readonly path: Path;
    readonly role: string | undefined;
    readonly example: (close: string) => string;
  },
): readonly Finding[] {
  const known = Object.keys(team.roles ?? {});
  if (team.roles === undefined || role === undefined || isKnown(role, known)) return [];
  const close = nearest(role, known);
  return [
    {
      path,
      expected: known.length > 0 ? `one of the roles ${known.join(', ')}` : 'a role under roles',
      found: describeUnknown(role, known),
      example: close === undefined ? `roles: { ${role}: [U024BE7LH] }` : example(close),
    },
  ];
}
