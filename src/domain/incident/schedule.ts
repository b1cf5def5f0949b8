import { z } from 'zod';
import { plus } from '../instant.ts';
import type { Severity } from '../severity.ts';
import { endOfNextBusinessDay } from '../team/business-time.ts';
import type { Team } from '../team/team.ts';

const Instant = z.iso.datetime();

/** How often updates are due where the policy doesn't say: a P3 has none then. */
const UPDATES_MS = 30 * 60_000;

/** What a severity's policy comes to for one incident, as instants: decided once, when it applies, and kept. */
export const Schedule = z.strictObject({
  /** Until when somebody must have acknowledged. */
  respondBy: Instant.nullable(),
  ladder: z.array(z.strictObject({ role: z.string(), at: Instant })),
  /** null: no updates are due. */
  updateEveryMs: z.number().int().positive().nullable(),
  updateDueAt: Instant.nullable(),
  /** Whether stakeholders hear of it. */
  stakeholders: z.boolean(),
  automaticRollback: z.strictObject({ at: Instant, warnAt: z.array(Instant) }).nullable(),
  /** Until when it should be decided whether to fix or to roll back. */
  decideBy: Instant.nullable(),
  ownChannel: z.boolean(),
});
export type Schedule = z.infer<typeof Schedule>;

/** When the next update is due after one at `now` (ISO); null where none are. */
export const nextUpdateDue = (
  { updateEveryMs }: Pick<Schedule, 'updateEveryMs'>,
  now: string,
): string | null => (updateEveryMs === null ? null : plus(now, updateEveryMs));

/** The schedule that a severity's policy gives an incident from `from` (ms) on. */
export function scheduleOf(team: Team, severity: Severity, from: number): Schedule {
  const policy = team.severities[severity];
  if (policy === undefined) throw new Error(`no policy for ${severity}`);
  const after = (milliseconds: number): string => new Date(from + milliseconds).toISOString();
  const { respondWithin, rollback, updates } = policy;
  const every = updates.every ?? (severity === 'P3' ? null : UPDATES_MS);
  return {
    respondBy:
      respondWithin === undefined
        ? null
        : respondWithin === 'next-business-day'
          ? new Date(endOfNextBusinessDay(team.businessHours, from)).toISOString()
          : after(respondWithin),
    ladder: policy.ladder
      .toSorted((a, b) => a.after - b.after)
      .map((rung) => ({ role: rung.role, at: after(rung.after) })),
    updateEveryMs: every,
    updateDueAt: every === null ? null : after(every),
    stakeholders: updates.stakeholders,
    automaticRollback:
      rollback.decision === 'automatic'
        ? { at: after(rollback.after), warnAt: rollback.warnAt.toSorted((a, b) => a - b).map(after) }
        : null,
    decideBy: rollback.decision === 'planned' ? after(rollback.within) : null,
    ownChannel: policy.ownChannel,
  };
}
