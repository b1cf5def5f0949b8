import type { Incident } from './incident.ts';

const LONGEST = 60;

/** The name of an incident's own channel, such as inc-12-checkout-fails: small letters, digits and dashes, at most 60. */
export const channelName = ({ id, title }: Pick<Incident, 'id' | 'title'>): string =>
  `${id} ${title}`
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST)
    .replace(/^-|-$/g, '');
