import type { FollowOn } from '../reactions/jobs.ts';

/** Takes follow-on work. `cause` (an event id) makes a second adding harmless. */
export type FollowOnQueue = { readonly add: (work: FollowOn, cause: string) => Promise<void> };
