import { type Refusal, withUnsureRoles } from '../../domain/refusal.ts';
import { refusalText } from '../../slack/kit/refusal.ts';
import type { FormOutcome } from './answer-submission.ts';
import type { Handling } from './inbound.ts';

/** A refusal as the person whom it befalls reads it (mrkdwn): also where their roles could not all be asked. */
export const explainRefusal = (
  refusal: Refusal,
  { person, team }: Pick<Handling, 'person' | 'team'>,
): string => refusalText(withUnsureRoles(refusal, person), team.roles);

/** A form that was refused: it stands again, under why. */
export const refusedForm = (refusal: Refusal, who: Pick<Handling, 'person' | 'team'>): FormOutcome => ({
  kind: 'refused',
  text: `:warning: ${explainRefusal(refusal, who)}`,
});
