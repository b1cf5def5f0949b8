import type { Partly } from '../problem/partly.ts';
import type { Finding } from '../problem/problem.ts';
import type { Team } from './team.ts';

/** A rule about what walkback.yml means; what has a wrong shape is skipped. */
export type TeamRule = { readonly name: string; readonly check: (team: Partly<Team>) => readonly Finding[] };
