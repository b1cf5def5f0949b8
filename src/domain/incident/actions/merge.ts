import { refuse } from '../../refusal.ts';
import { accept, refuseOver, refuseToWork } from '../may-work.ts';
import { incidentAction } from './action.ts';

type Fields = { readonly into: string };

/** The same thing was declared twice: this one goes on as the other. Merged into one that is over, it would be forgotten. */
export const merge = incidentAction({
  press: 'merge',
  words: 'merging it into another',
  whyNot: refuseToWork,
  other: ({ into }: Fields) => into,
  decide: ({ id }, _asking, { into }: Fields, { other }) =>
    into === id || other === undefined
      ? refuse({ reason: 'unknown-incident', incident: into })
      : (refuseOver(other) ?? accept({ type: 'incident.merged', payload: { into } })),
});
