import { keepingOf } from '../../../src/engine/reactions/job-data.ts';
import type { FollowOn } from '../../../src/engine/reactions/jobs.ts';

type Waiting = { readonly work: FollowOn; readonly at: number };

/** Carries follow-on work on a clock that a story moves, kept as engine/reactions/jobs.ts says, one at a time. */
export function aFastQueue({
  time,
  work: doWork,
}: {
  readonly time: { now: number };
  /** Does it; answers with how many ms later it is to be looked at again, or nothing. */
  readonly work: (work: FollowOn) => Promise<number | undefined>;
}) {
  const now: FollowOn[] = [];
  const later: Waiting[] = [];
  const done = new Set<string>();

  const add = async (work: FollowOn, cause: string): Promise<void> => {
    const keeping = keepingOf(work, cause);
    const at = keeping.at === undefined ? time.now : Date.parse(keeping.at);
    if (keeping.kind === 'once') {
      const id = `${work.kind}-${keeping.id}`;
      if (done.has(id)) return;
      done.add(id);
    }
    const isSame = (other: FollowOn): boolean => JSON.stringify(other) === JSON.stringify(work);
    if (keeping.kind === 'latest' && at <= time.now && now.some(isSame)) return;
    if (keeping.kind === 'timer' && later.some((waiting) => waiting.at === at && isSame(waiting.work)))
      return;
    if (at > time.now) later.push({ work, at });
    else now.push(work);
  };
  const settle = async (): Promise<void> => {
    for (let work = now.shift(); work !== undefined; work = now.shift()) {
      const again = await doWork(work);
      if (again !== undefined) later.push({ work, at: time.now + again });
    }
  };
  return {
    add,
    /** Does what is there to be done now. */
    settle,
    /** Lets time go by up to an instant (ms), with everything that comes due, each at its moment. */
    advanceTo: async (until: number): Promise<void> => {
      await settle();
      for (;;) {
        const next = later.toSorted((a, b) => a.at - b.at)[0];
        if (next === undefined || next.at > until) break;
        later.splice(later.indexOf(next), 1);
        time.now = Math.max(time.now, next.at);
        now.push(next.work);
        await settle();
      }
      time.now = Math.max(time.now, until);
    },
  };
}
