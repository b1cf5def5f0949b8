import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { Team } from '../../../../src/domain/team/team.ts';
import { asPerson, type Caller } from '../../../../src/listeners/door/caller.ts';
import { SOUND_TEAM } from '../../../support/configuration-folder.ts';
import { startPeopleSlack } from '../../../support/people-slack.ts';

const sound = Team.parse(parse(SOUND_TEAM));
const team = { ...sound, roles: { ...sound.roles, lead: ['S1LEADS'] } };
const by = (user: string): Caller => ({ user, team: 'T0OWN' });

async function aWorkspace() {
  const { people, slack } = await startPeopleSlack({ S1LEADS: ['U4LEAD'] });
  return { slack, ask: (caller: Caller) => asPerson({ people, teamId: 'T0OWN' }, team, caller) };
}

it('a person has the roles that walkback.yml and its user groups give them', async () => {
  const { ask } = await aWorkspace();
  expect(await ask(by('U2APPROVER'))).toEqual({
    kind: 'person',
    person: { id: 'U2APPROVER', roles: ['approver'], unsure: [] },
  });
  expect(await ask(by('U4LEAD'))).toMatchObject({ person: { roles: ['lead'] } });
});

it('somebody whom no role names is a person without roles', async () => {
  const { ask } = await aWorkspace();
  expect(await ask(by('U1ACTIVE'))).toMatchObject({ kind: 'person', person: { roles: [] } });
});

it('a person has no role for sure that rests on a group which Slack could not be asked about', async () => {
  const { ask, slack } = await aWorkspace();
  slack.inject({ method: 'usergroups.users.list', kind: 'no-connection' });
  expect(await ask(by('U4LEAD'))).toMatchObject({ person: { roles: [], unsure: ['lead'] } });
});

it.each(['T0OTHER', undefined, ''])(
  'a caller from workspace %s is refused, even one with a role’s id',
  async (from) => {
    const { ask } = await aWorkspace();
    expect(await ask({ user: 'U2APPROVER', team: from })).toEqual({
      kind: 'refused',
      refusal: { reason: 'other-workspace' },
    });
  },
);

it.each([
  ['U7BOT', 'bot'],
  ['U8GONE', 'deactivated'],
])('%s is refused, being %s', async (user, account) => {
  const { ask } = await aWorkspace();
  expect(await ask(by(user))).toEqual({
    kind: 'refused',
    refusal: { reason: 'not-a-person', account },
  });
});

it('nobody is locked out because Slack can not be asked about their account', async () => {
  const { ask, slack } = await aWorkspace();
  slack.inject({ method: 'users.info', kind: 'status', status: 500 });
  expect(await ask(by('U2APPROVER'))).toMatchObject({ kind: 'person', person: { roles: ['approver'] } });
});
