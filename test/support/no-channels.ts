import type { FollowingIncidents } from '../../src/engine/incident/follow.ts';

const never = async (): Promise<never> => {
  throw new Error('this story has no channels of incidents');
};

/** For stories in which no incident gets a channel of its own, and nobody is looked up. */
export const noChannels: Pick<FollowingIncidents, 'people' | 'channels' | 'telling'> = {
  people: { rolesOf: never, membersOf: never, account: never },
  telling: { team: never, playbook: never },
  channels: { create: never, invite: never, setTopic: never, setBookmark: never, linkToCard: never },
};
