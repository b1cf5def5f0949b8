import { describeUnknown, isKnown, nearest } from './nearest.ts';
import type { Partly } from './partly.ts';
import type { Finding, Path } from './problem.ts';
import type { Team } from './team.ts';

/** The roles at a path of walkback.yml that it doesn't have under roles; none where those could not be read. */
export function unknownRoles(
  team: Partly<Team>,
  path: Path,
  roles: readonly (string | undefined)[] | undefined,
): readonly Finding[] {
  if (team.roles === undefined) return [];
  const known = Object.keys(team.roles);
  return (roles ?? []).flatMap((role, index) => {
    if (role === undefined || isKnown(role, known)) return [];
    const close = nearest(role, known);
    return [
      {
        path: [...path, index],
        expected: known.length > 0 ? `one of the roles ${known.join(', ')}` : 'a role under roles',
        found: describeUnknown(role, known),
        example: close === undefined ? `roles: { ${role}: [U024BE7LH] }` : `${path.at(-1)}: [${close}]`,
      },
    ];
  });
}
