import { ConfigurationBroken } from '../../domain/problem/configuration-broken.ts';
import { brokenFiles, type Hindrance, hindranceOf } from '../../domain/run/hindrance.ts';
import { GitTroubled } from '../ports/git.ts';
import { refuseTrouble } from './refuse-trouble.ts';

/** Thrown where somebody has to try again later. */
export class Hindered extends Error {
  override readonly name = 'Hindered';
  readonly hindrance: Hindrance;
  constructor(hindrance: Hindrance) {
    super(hindrance.why);
    this.hindrance = hindrance;
  }
}

/** What an error says of files or repositories that can't be read just now; undefined for any other. */
export function hindranceIn(error: unknown): Hindrance | undefined {
  if (error instanceof Hindered) return error.hindrance;
  if (error instanceof ConfigurationBroken) return brokenFiles(error.problems);
  return error instanceof GitTroubled ? hindranceOf(refuseTrouble(error).refusal) : undefined;
}
