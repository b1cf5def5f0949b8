import type { webApi } from '@slack/bolt';
import { askSlack, toldNo } from './ask-slack.ts';

/** A user as Slack knows them; `amiss` says why they can't act, as an ending of "Ada ...". */
export type KnownPerson = { readonly shown: string; readonly amiss: string | undefined };

const AT_ONCE = 8;
const UNKNOWN = ['user_not_found', 'users_not_found', 'user_not_visible'];

/** Asks Slack for each of these users, a few at a time. Throws where Slack doesn't say, as without users:read. */
export async function lookUpPeople(
  client: webApi.WebClient,
  ids: readonly string[],
): Promise<ReadonlyMap<string, KnownPerson>> {
  const people = new Map<string, KnownPerson>();
  for (let next = 0; next < ids.length; next += AT_ONCE) {
    const some = ids.slice(next, next + AT_ONCE);
    const found = await Promise.all(some.map((id) => lookUp(client, id)));
    for (const [index, id] of some.entries()) {
      const person = found[index];
      if (person !== undefined) people.set(id, person);
    }
  }
  return people;
}

async function lookUp(client: webApi.WebClient, user: string): Promise<KnownPerson> {
  const found = await askSlack(() => client.users.info({ user }));
  if (found.kind === 'no') {
    if (!UNKNOWN.includes(found.error)) throw new Error(`users.info of ${user}: ${toldNo(found)}`);
    return { shown: user, amiss: "doesn't exist" };
  }
  const { name, deleted, is_bot, is_stranger } = found.answer.user ?? {};
  return {
    shown: name === undefined ? user : `@${name} (${user})`,
    amiss: whyNot({
      deactivated: deleted,
      bot: is_bot === true || user === 'USLACKBOT',
      stranger: is_stranger,
    }),
  };
}

function whyNot(user: {
  readonly deactivated: boolean | undefined;
  readonly bot: boolean;
  readonly stranger: boolean | undefined;
}): string | undefined {
  if (user.deactivated === true) return 'is deactivated';
  if (user.bot) return 'is a bot';
  return user.stranger === true ? 'belongs to another workspace' : undefined;
}
