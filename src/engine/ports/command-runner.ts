/** A shell command from a playbook, run as its own process group with an allow-listed environment. */
export type CommandRequest = {
  readonly command: string;
  /** As a plan has it: see domain/steps/shell/shell.ts. */
  readonly shell: string | undefined;
  /** Absolute; created when it doesn't exist only if it is a scratch directory. */
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** Called with redacted output as it comes. */
  readonly onOutput: (text: string) => void;
  /** Called once with what identifies the process, before the command does anything. */
  readonly onStart: (process: ProcessMark) => Promise<void>;
  readonly signal: AbortSignal;
};

/** Enough to find a process group again after a crash, and to know it is the same one. */
export type ProcessMark = { readonly host: string; readonly pid: number; readonly startedAt: string };

export type CommandResult =
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'killed'; readonly by: string }
  | { readonly kind: 'timed-out' }
  | { readonly kind: 'aborted' }
  | { readonly kind: 'not-started'; readonly why: string };

export type CommandRunner = {
  readonly run: (request: CommandRequest) => Promise<CommandResult>;
  /** Kills what a dead worker left running. True when something was still alive on this host. */
  readonly killLeftover: (mark: ProcessMark) => Promise<boolean>;
};
