import { describe, expect, it } from 'vitest';
import { startPeopleSlack } from '../../../support/people-slack.ts';

const MINUTE = 60_000;
const LIST = 'usergroups.users.list';
const team = { roles: { approver: ['U2APPROVER'], lead: ['S1LEADS', 'U2APPROVER'], oncall: ['S2ONCALL'] } };
const groups = { S1LEADS: ['U4LEAD', 'U5LEAD'], S2ONCALL: [] };

describe('the roles of a user', () => {
  it('come from walkback.yml by id, and from user groups by what Slack says', async () => {
    const { people } = await startPeopleSlack(groups);
    expect(await people.rolesOf(team, 'U2APPROVER')).toEqual({ roles: ['approver', 'lead'], unsure: [] });
    expect(await people.rolesOf(team, 'U4LEAD')).toEqual({ roles: ['lead'], unsure: [] });
    expect(await people.rolesOf(team, 'U9STRANGER')).toEqual({ roles: [], unsure: [] });
  });

  it('are kept for five minutes, and asked for again when older', async () => {
    const slack = await startPeopleSlack(groups);
    await slack.people.rolesOf(team, 'U4LEAD');
    slack.groups.set('S1LEADS', []);
    slack.time.now += 5 * MINUTE - 1;
    expect((await slack.people.rolesOf(team, 'U4LEAD')).roles).toEqual(['lead']);
    slack.time.now += 1;
    expect((await slack.people.rolesOf(team, 'U4LEAD')).roles).toEqual([]);
  });

  it('are unsure where Slack was never reached, unless walkback.yml names the user itself', async () => {
    const { people, slack } = await startPeopleSlack(groups);
    slack.inject({ method: LIST, kind: 'no-connection' });
    slack.inject({ method: LIST, kind: 'status', status: 503 });
    expect(await people.rolesOf(team, 'U4LEAD')).toEqual({ roles: [], unsure: ['lead', 'oncall'] });
    expect((await people.rolesOf(team, 'U2APPROVER')).roles).toEqual(['approver', 'lead']);
  });

  it('still stand by a fresh answer while Slack is away, and are unsure as soon as that is too old', async () => {
    const { people, slack, time } = await startPeopleSlack({ S1LEADS: ['U4LEAD'] });
    const leads = { roles: { lead: ['S1LEADS'] } };
    await people.rolesOf(leads, 'U4LEAD');
    slack.inject({ method: LIST, kind: 'no-connection' });
    time.now += 4 * MINUTE;
    expect(await people.rolesOf(leads, 'U4LEAD')).toEqual({ roles: ['lead'], unsure: [] });
    time.now += MINUTE;
    expect(await people.rolesOf(leads, 'U4LEAD')).toEqual({ roles: [], unsure: ['lead'] });
  });

  it('are asked for again some seconds after an outage, or when Slack said', async () => {
    const { people, slack, time } = await startPeopleSlack(groups);
    const leads = { roles: { lead: ['S1LEADS'] } };
    slack.inject({ method: LIST, kind: 'rate-limited', retryAfterSeconds: 30 });
    expect((await people.rolesOf(leads, 'U4LEAD')).unsure).toEqual(['lead']);
    time.now += 29_000;
    expect((await people.rolesOf(leads, 'U4LEAD')).unsure).toEqual(['lead']);
    time.now += 1_000;
    expect(await people.rolesOf(leads, 'U4LEAD')).toEqual({ roles: ['lead'], unsure: [] });
    expect(slack.calls).toHaveLength(2);
  });

  it('come from no group that does not exist', async () => {
    const { people } = await startPeopleSlack();
    expect(await people.rolesOf(team, 'U4LEAD')).toEqual({ roles: [], unsure: [] });
  });

  it.each(['missing_scope', 'unknown_method', 'plan_upgrade_required'])(
    'are unsure where Slack answers %s: logged once, and not asked at every press',
    async (error) => {
      const { people, slack, time, warnings } = await startPeopleSlack(groups);
      const leads = { roles: { lead: ['S1LEADS'], approver: ['S1LEADS'] } };
      for (const _ of [1, 2, 3]) slack.inject({ method: LIST, kind: 'refused', error });
      for (let press = 0; press < 50; press += 1) await people.rolesOf(leads, `U${press}`);
      expect(slack.calls).toHaveLength(1);
      time.now += MINUTE;
      expect((await people.rolesOf(leads, 'U4LEAD')).unsure).toEqual(['lead', 'approver']);
      expect(slack.calls).toHaveLength(2);
      expect(warnings).toEqual([{ id: 'S1LEADS', error }]);
    },
  );

  it('cost one question a group, however many press at once', async () => {
    const { people, slack } = await startPeopleSlack(groups);
    const asked = Array.from({ length: 30 }, () => people.rolesOf(team, 'U4LEAD'));
    expect(await Promise.all(asked)).toEqual(Array(30).fill({ roles: ['lead'], unsure: [] }));
    expect(slack.calls.map(({ arguments: { usergroup } }) => usergroup)).toEqual(['S1LEADS', 'S2ONCALL']);
  });
});

describe('the people of a role', () => {
  it('are those whom walkback.yml names and the members of its groups, each once', async () => {
    const { people } = await startPeopleSlack({ S1LEADS: ['U4LEAD', 'U2APPROVER'] });
    expect(await people.membersOf(team, 'lead')).toEqual({ users: ['U2APPROVER', 'U4LEAD'], unsure: false });
    expect(await people.membersOf(team, 'constructor')).toEqual({ users: [], unsure: false });
  });

  it('may be more than are known while Slack is away', async () => {
    const { people, slack } = await startPeopleSlack(groups);
    slack.inject({ method: LIST, kind: 'no-connection' });
    expect(await people.membersOf(team, 'lead')).toEqual({ users: ['U2APPROVER'], unsure: true });
  });
});

describe('an account', () => {
  it('is active, a bot, or deactivated', async () => {
    const { people } = await startPeopleSlack();
    expect(await people.account('U1ACTIVE')).toBe('active');
    expect(await people.account('U7BOT')).toBe('bot');
    expect(await people.account('U8GONE')).toBe('deactivated');
  });

  it('is unknown while Slack is away, and known again after', async () => {
    const { people, slack, time } = await startPeopleSlack();
    slack.inject({ method: 'users.info', kind: 'no-connection' });
    expect(await people.account('U8GONE')).toBe('unknown');
    time.now += 5_000;
    expect(await people.account('U8GONE')).toBe('deactivated');
  });
});
