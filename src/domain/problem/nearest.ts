import { describeFound } from './problem.ts';

/** A word that is not known as a message shows it, with the known one that it most likely means. */
export function describeUnknown(word: string, known: readonly string[]): string {
  const close = nearest(word, known);
  return `${describeFound(word)}${close === undefined ? '' : `, did you mean ${describeFound(close)}?`}`;
}

/**
 * Whether a name is among the known ones, or is one of them that breaks the rule for names, such as Web_Shop for
 * web-shop: that is reported where it stands, and need not be a second time.
 */
export const isKnown = (name: string, known: readonly string[]): boolean =>
  known.some((other) => other === name || (/[^a-z0-9-]/.test(other) && nearest(name, [other]) !== undefined));

/** The known word that a mistyped one most likely means, or undefined where none is near. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const [best] = known
    .map((candidate) => ({ candidate, distance: editDistance(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ candidate, distance }) => distance <= Math.ceil((candidate.length - 2) / 3))
    .sort((a, b) => a.distance - b.distance);
  return best?.candidate;
}

const FEW = 3;

/** The three known words that are nearest to one, the nearest first; fewer where there are fewer. */
export const nearestThree = (word: string, known: readonly string[]): readonly string[] =>
  known
    .map((candidate) => ({ candidate, distance: likeness(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, FEW)
    .map(({ candidate }) => candidate);

/** What is expected for a word that is not among the known: "branch, target or reason, the nearest of 14 variables". */
export function describeNearest(word: string, known: readonly string[], kind: string): string {
  const near = nearestThree(word, known);
  const [last = `none, there are no ${kind}`, ...others] = near.toReversed();
  const names = others.length === 0 ? last : `${others.toReversed().join(', ')} or ${last}`;
  return near.length === known.length ? names : `${names}, the nearest of ${known.length} ${kind}`;
}

/** One that holds the other is nearer than its length says: "user" means "requestedByUser" rather than "summer". */
const likeness = (word: string, candidate: string): number =>
  editDistance(word, candidate) - (candidate.includes(word) || word.includes(candidate) ? word.length : 0);

/** How many letters are wrong, missing, too many, or swapped with their neighbour. */
function editDistance(a: string, b: string): number {
  let before: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = isSwapped ? (before[j - 2] ?? 0) + 1 : replaced;
      next.push(Math.min(replaced, swapped, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}
