import type { IncidentEvent } from '../events.ts';
import { type Incident, type LinkedRun, servicesToRollBack } from '../incident.ts';
import { changeAutomatic } from './automatic-rollback.ts';

type Of<Type extends IncidentEvent['type']> = IncidentEvent & { readonly type: Type };

/** A run that is linked again changes nothing. One that was taken over stands where it belongs by its time. */
export function linked(incident: Incident, { at, payload }: Of<'run.linked'>): Incident {
  if (incident.runs.some(({ run }) => run === payload.run)) return incident;
  const { run, service, environment } = payload;
  const fresh: LinkedRun = {
    ...{ run, service, environment, at: payload.at ?? at },
    ...{ status: null, proven: false, begun: false, target: '', paths: [], settledAt: null },
  };
  return { ...incident, runs: [...incident.runs, fresh].toSorted((a, b) => a.at.localeCompare(b.at)) };
}

export const began = (incident: Incident, { payload }: Of<'run.began'>): Incident =>
  changeRun(incident, payload.run, { begun: true });

/** What the automatic rollback made way for never began, and nobody said no to it: it is up to the policy again. */
export function settled(incident: Incident, { at, payload }: Of<'run.settled'>): Incident {
  const { run, status, proven, target, paths = [] } = payload;
  const begun = incident.runs.some((known) => known.run === run && known.begun);
  const after = changeRun(incident, run, {
    ...{ status, proven: proven && status === 'succeeded', target, paths },
    settledAt: payload.at ?? at,
  });
  const hasLapsed = status === 'expired' || (status === 'cancelled' && !begun);
  return changeAutomatic(after, (automatic) =>
    hasLapsed && automatic.outcome === 'stood-down' && isFor(automatic, run) && isWanted(after)
      ? { ...automatic, outcome: 'planned', madeWayFor: null }
      : automatic,
  );
}

const isFor = ({ madeWayFor }: NonNullable<Incident['automaticRollback']>, run: string): boolean =>
  madeWayFor === run;

const isWanted = (incident: Incident): boolean => servicesToRollBack(incident).length > 0;

const changeRun = (incident: Incident, run: string, change: Partial<LinkedRun>): Incident => ({
  ...incident,
  runs: incident.runs.map((known) => (known.run === run ? { ...known, ...change } : known)),
});
