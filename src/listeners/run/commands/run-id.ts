import { typedName } from '../../../domain/typed-name.ts';

/** "run-31", "31" and "RUN-31" all mean RUN-31. */
export const runId = (typed: string): string => {
  const name = typedName(typed);
  return /^\d+$/.test(name) ? `RUN-${name}` : name.toUpperCase();
};
