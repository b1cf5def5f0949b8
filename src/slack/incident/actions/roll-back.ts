import { rollBack as definition } from '../../../domain/incident/actions/roll-back.ts';
import { movesName, movesText } from '../../../domain/incident/deployed.ts';
import { type Incident, isMitigated, isOver, isRollbackPlanned } from '../../../domain/incident/incident.ts';
import { LIMIT } from '../../kit/block-kit.ts';
import { truncate } from '../../kit/text.ts';
import type { ActionButton } from './action.ts';
import { elsewhere } from './elsewhere.ts';

const LONGEST_MOVES = 120;

/**
 * The one way to roll back from an incident. Where the policy is about to do so by itself, it says what it does and is
 * asked once more, since it goes without further approval; else it opens a form.
 */
export const rollBack = elsewhere(definition, {
  button: {
    text: 'Roll back…',
    look: (incident) => (isRollbackPlanned(incident) ? atOnce(incident) : {}),
    carries: (incident) => (isRollbackPlanned(incident) ? { moves: movesName(incident) } : {}),
    onCard: {
      when: (incident) => !isOver(incident),
      seen: (incident) => !isMitigated(incident),
    },
  },
});

function atOnce(incident: Incident): ReturnType<NonNullable<ActionButton['look']>> {
  const moves = movesText(incident);
  const { severity, services } = incident;
  const whole = `Roll back ${moves} now`;
  return {
    text: whole.length <= LIMIT.buttonText ? whole : `Roll back ${services.length} services now`,
    style: 'danger',
    confirm: {
      title: 'Roll back now?',
      text: `${truncate(moves, LONGEST_MOVES)}, at once. If your role may approve ${severity} rollbacks, pressing this approves it, and is recorded as your decision. If not, you ask for it in a form.`,
      yes: 'Roll back now',
      no: 'Not yet',
    },
  };
}
