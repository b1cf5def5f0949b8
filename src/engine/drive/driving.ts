import { currentStep, hasEnded, type Run } from '../../domain/run/run.ts';
import type { Catalog } from '../ports/catalog.ts';
import type { CommandRunner } from '../ports/command-runner.ts';
import type { ChangeFeed } from '../ports/event-store.ts';
import type { FollowOnQueue } from '../ports/follow-on-queue.ts';
import type { Git } from '../ports/git.ts';
import type { Log } from '../ports/log.ts';
import type { Presence } from '../ports/presence.ts';
import type { StepOutput } from '../ports/step-output.ts';
import type { StepHandlers } from '../steps/handlers.ts';
import type { RunChanges } from '../streams/runs.ts';

/** What driving a run needs. */
export type Driving = RunChanges & {
  readonly changes: ChangeFeed;
  readonly catalog: Catalog;
  readonly git: Git;
  readonly commands: CommandRunner;
  readonly output: StepOutput;
  readonly queue: FollowOnQueue;
  readonly presence: Presence;
  readonly handlers: StepHandlers;
  /** How long a changed file is given to be saved whole, in milliseconds. */
  readonly settleMs: number;
  readonly log: Log;
};

export type Drive = {
  readonly run: string;
  /** Names this session of this worker; the fence in the journal. */
  readonly driver: string;
  /** True when the process is going down: the step in hand is finished, the next is left to another worker. */
  readonly stopping: () => boolean;
  readonly hands?: Hands;
};

/** What a worker's process has in hand, for whoever waits for its end. */
export type Hands = {
  /** Said while it lasts; returns what to call at its end. */
  readonly hold: (what: string) => () => void;
  readonly held: () => readonly string[];
  /** Fires when nobody waits any longer: steps are ended, and nothing is written of them. */
  readonly abandoned: AbortSignal;
  readonly abandon: () => void;
};

export function createHands(): Hands {
  const held = new Map<symbol, string>();
  const abandoning = new AbortController();
  return {
    hold: (what) => {
      const key = Symbol();
      held.set(key, what);
      return () => void held.delete(key);
    },
    held: () => [...held.values()],
    abandoned: abandoning.signal,
    abandon: () => abandoning.abort(),
  };
}

/** Whether the step in flight is this session's, by the journal. */
export const isMine = (run: Run, drive: Pick<Drive, 'driver'>): boolean =>
  !hasEnded(run) && currentStep(run)?.driver === drive.driver;
