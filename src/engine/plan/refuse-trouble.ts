import { type Refused, refuse } from '../../domain/refusal.ts';
import type { GitTroubled } from '../ports/git.ts';

/** What git could not do, as a refusal to whoever asked. */
export const refuseTrouble = ({ trouble, repository, message }: GitTroubled): Refused =>
  refuse({ reason: 'git-trouble', trouble, repository, detail: message });
