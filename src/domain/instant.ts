/** An instant (ISO, in UTC) so many milliseconds later; earlier for fewer than none. */
export const plus = (instant: string, milliseconds: number): string =>
  new Date(Date.parse(instant) + milliseconds).toISOString();

/** Milliseconds from one instant to another; negative where the second comes first. */
export const between = (from: string, to: string): number => Date.parse(to) - Date.parse(from);
