import { z } from 'zod';

/** Who caused an event: a Slack user (by the id Slack signed) or a part of Walkback itself. */
export const Actor = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('user'), id: z.string().min(1) }),
  z.strictObject({ kind: z.literal('system'), name: z.string().min(1) }),
]);
export type Actor = z.infer<typeof Actor>;

/** A person as the policy sees them: the Slack user id and the roles that walkback.yml and its user groups give. */
export type Person = {
  readonly id: string;
  readonly roles: readonly string[];
  /** Roles that they may hold by a user group that Slack could not be asked about: never enough to act. */
  readonly unsure?: readonly string[];
};

export const personActor = (person: Pick<Person, 'id'>): Actor => ({ kind: 'user', id: person.id });
export const systemActor = (name: string): Actor => ({ kind: 'system', name });

export const holdsAny = (person: Pick<Person, 'roles'>, roles: readonly string[]): boolean =>
  roles.some((role) => person.roles.includes(role));

export const isUser = (actor: Actor, id: string): boolean => actor.kind === 'user' && actor.id === id;
