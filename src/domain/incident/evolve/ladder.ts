import { between, plus } from '../../instant.ts';
import type { IncidentEvent } from '../events.ts';
import { type Incident, isLadderHeld } from '../incident.ts';
import type { Schedule } from '../schedule.ts';

/** A new ladder; whoever was told on the old one is not told again. */
export const withoutTold = (incident: Incident, schedule: Schedule): Incident['ladder'] => [
  ...incident.ladder.filter((rung) => rung.reachedAt !== null),
  ...schedule.ladder
    .filter(({ role }) => !incident.ladder.some((old) => old.role === role && old.reachedAt !== null))
    .map((rung) => ({ ...rung, reachedAt: null })),
];

/** One rung at a time: a role may be on the ladder again, higher up. */
export function reached({ ladder }: Incident, role: string, at: string): Incident['ladder'] {
  const first = ladder.findIndex((rung) => rung.role === role && rung.reachedAt === null);
  return ladder.map((rung, index) => (index === first ? { ...rung, reachedAt: at } : rung));
}

/** What is still to come moves by as long as it is held; nothing of it comes before the end. */
export const held = (
  incident: Incident,
  { at, payload: { until } }: IncidentEvent & { type: 'escalation.held' },
) =>
  later(incident.ladder, between(heldUntil(incident, at), until)).map((rung) =>
    rung.reachedAt === null && rung.at < until ? { ...rung, at: until } : rung,
  );

/** How long after a hold was taken back the next one is called in at the earliest: nobody is called in at once. */
const AFTER_RELEASE_MS = 5 * 60_000;

/** What is still to come moves back by what was left of the hold. */
export const released = (incident: Incident, now: string): Incident['ladder'] =>
  later(incident.ladder, between(heldUntil(incident, now), now)).map((rung) => {
    const soonest = plus(now, AFTER_RELEASE_MS);
    return rung.reachedAt === null && rung.at < soonest ? { ...rung, at: soonest } : rung;
  });

/** From when on a further hold counts: the end of the one that runs, or now. */
const heldUntil = (incident: Incident, now: string): string =>
  incident.ladderHold !== null && isLadderHeld(incident, now) ? incident.ladderHold.until : now;

/** A hold outlives a change of the severity: it was for a stated time. */
export const afterHold = (incident: Incident, ladder: Incident['ladder'], now: string): Incident['ladder'] =>
  later(ladder, between(now, heldUntil(incident, now)));

export const later = (ladder: Incident['ladder'], milliseconds: number): Incident['ladder'] =>
  ladder.map((rung) => (rung.reachedAt === null ? { ...rung, at: plus(rung.at, milliseconds) } : rung));
