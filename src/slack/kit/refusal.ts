import type { Refusal } from '../../domain/refusal.ts';
import type { Team } from '../../domain/team/team.ts';
import { refusalWords } from '../../words/refusal.ts';
import { drawMrkdwn } from './mrkdwn.ts';

/** A refusal as a person reads it (mrkdwn); with `roles`, whom to ask. */
export const refusalText = (refusal: Refusal, roles?: Team['roles']): string =>
  drawMrkdwn(refusalWords(refusal, roles));
