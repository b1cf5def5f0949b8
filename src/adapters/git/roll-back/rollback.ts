import type { RollbackRequest } from '../../../engine/ports/git.ts';
import type { Mirror } from '../mirror/mirror.ts';

/** One rollback at work: the mirror it happens in, and what was asked for. */
export type Rollback = {
  readonly mirror: Mirror;
  /** The folder that holds all mirrors. */
  readonly folder: string;
  readonly request: RollbackRequest;
  readonly signal: AbortSignal;
};
