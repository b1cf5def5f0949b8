import type { BlastRadius } from '../../domain/git/blast-radius.ts';
import { VERDICT_SIGN } from '../../words/signs.ts';
import { oneLine, pictured } from '../kit/text.ts';

/** Three lines on a phone. */
const ROOM = 110;

/** The verdict on what would be undone with as many of its reasons as there is room for, as one line of mrkdwn. */
export function verdictLine({ verdict, reasons }: Pick<BlastRadius, 'verdict' | 'reasons'>): string {
  const shown = firstThatFit(reasons);
  const more = reasons.length - shown.length;
  const rest = more > 0 ? `; …and ${more} more in View plan` : '';
  return `${pictured(VERDICT_SIGN[verdict])} ${shown.map((reason) => oneLine(reason, ROOM)).join('; ')}${rest}`;
}

/** The first one always, cut where it is too long. */
function firstThatFit(reasons: readonly string[]): readonly string[] {
  let room = ROOM;
  const end = reasons.findIndex((reason) => {
    room -= reason.length + 2;
    return room < 0;
  });
  return end === -1 ? reasons : reasons.slice(0, Math.max(1, end));
}
