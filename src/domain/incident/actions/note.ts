import { accept, refuseToWork } from '../may-work.ts';
import { incidentAction } from './action.ts';

type Fields = {
  readonly text: string;
  /** Who wrote it. */
  readonly by: string;
  readonly permalink: string;
  readonly message: { readonly channel: string; readonly ts: string };
};

/** Puts a message on the timeline. */
export const note = incidentAction({
  press: 'note',
  words: 'putting a message on the timeline',
  whyNot: refuseToWork,
  decide: (_incident, _asking, { text, by, permalink, message }: Fields) =>
    accept({ type: 'timeline.noted', payload: { text, by, permalink, message } }),
});
