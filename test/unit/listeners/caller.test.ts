import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { Team } from '../../../src/domain/team.ts';
import { asPerson } from '../../../src/listeners/caller.ts';
import { SOUND_TEAM } from '../../support/configuration-folder.ts';

const team = Team.parse(parse(SOUND_TEAM));

it('a person has the roles that walkback.yml gives their id', () => {
  expect(asPerson(team, 'T0OWN', { user: 'U2APPROVER', team: 'T0OWN' })).toEqual({
    kind: 'person',
    person: { id: 'U2APPROVER', roles: ['approver'] },
  });
});

it('somebody whom no role names is a person without roles', () => {
  expect(asPerson(team, 'T0OWN', { user: 'U9STRANGER', team: 'T0OWN' })).toEqual({
    kind: 'person',
    person: { id: 'U9STRANGER', roles: [] },
  });
});

it.each(['T0OTHER', undefined, ''])(
  'a caller from workspace %s is refused, even one with a role’s id',
  (from) => {
    expect(asPerson(team, 'T0OWN', { user: 'U2APPROVER', team: from })).toEqual({
      kind: 'refused',
      refusal: { reason: 'other-workspace' },
    });
  },
);
