import type { webApi } from '@slack/bolt';
import { askSlack, toldNo } from './ask-slack.ts';

/** A user group as Slack knows it; `amiss` says why it gives nobody a role, as an ending of "@seniors ...". */
export type KnownGroup = {
  readonly shown: string;
  readonly users: readonly string[];
  readonly amiss: string | undefined;
};

type Listed = NonNullable<webApi.UsergroupsListResponse['usergroups']>[number];

/** Asks Slack for all its user groups at once, where any are wanted. Throws where there is no answer. */
export async function lookUpGroups(
  client: webApi.WebClient,
  ids: readonly string[],
): Promise<ReadonlyMap<string, KnownGroup>> {
  if (ids.length === 0) return new Map();
  const listed = await askSlack(() =>
    client.usergroups.list({ include_users: true, include_disabled: true }),
  );
  if (listed.kind === 'no') {
    const amiss = `can't be looked at: ${toldNo(listed)}`;
    return new Map(ids.map((id) => [id, { shown: id, users: [], amiss }]));
  }
  const groups = listed.answer.usergroups ?? [];
  return new Map(
    ids.map((id) => [
      id,
      judge(
        id,
        groups.find((group) => group.id === id),
      ),
    ]),
  );
}

function judge(id: string, group: Listed | undefined): KnownGroup {
  if (group === undefined) return { shown: id, users: [], amiss: "is a user group that doesn't exist" };
  const shown = group.handle === undefined ? id : `@${group.handle} (${id})`;
  if ((group.date_delete ?? 0) > 0) return { shown, users: [], amiss: 'is a user group that was disabled' };
  const users = group.users ?? [];
  return { shown, users, amiss: users.length === 0 ? 'is a user group with nobody in it' : undefined };
}
