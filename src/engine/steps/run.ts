import { constants } from 'node:os';
import { formatDuration } from '../../domain/duration.ts';
import type { CommandResult, CommandRunner } from '../ports/command-runner.ts';
import type { StepHandler } from './handler.ts';

/** Runs a shell command from the playbook; tries again as often as the plan says. */
export function createRunStep({
  commands,
  scratchDirectory,
}: {
  readonly commands: CommandRunner;
  /** Absolute folder for commands that name none, made for the run. */
  readonly scratchDirectory: (run: string) => string;
}): StepHandler<'run'> {
  return async (step, { run, signal, say, markProcess }) => {
    const directory = step.directory ?? scratchDirectory(run.id);
    for (let attempt = 0; ; attempt++) {
      if (attempt > 0) say(`trying again (${attempt} of ${step.retries})\n`);
      const result = await commands.run({
        command: step.command,
        shell: step.shell,
        directory,
        environment: { ...step.environment, WALKBACK_RUN: run.id },
        timeoutMs: step.timeoutMs,
        onOutput: say,
        onStart: markProcess,
        signal,
      });
      if (result.kind === 'exited' && result.code === 0) return { kind: 'succeeded', summary: '' };
      if (attempt === step.retries || signal.aborted)
        return { kind: 'failed', summary: describe(result, step.timeoutMs) };
    }
  };
}

function describe(result: CommandResult, timeoutMs: number): string {
  switch (result.kind) {
    case 'exited':
      return `the command ended with exit code ${result.code}${meaningOf(result.code)}`;
    case 'killed':
      return `the command was killed by ${result.by}`;
    case 'timed-out':
      return `the command did not end within ${formatDuration(timeoutMs)} and was stopped`;
    case 'aborted':
      return 'the command was stopped';
    case 'not-started':
      return `the command could not be started: ${result.why}`;
  }
}

/** What shells mean by some exit codes. */
function meaningOf(code: number): string {
  if (code === 127) return ': a program was not found';
  if (code === 126) return ': a program may not be executed';
  const signal = Object.entries(constants.signals).find(([, number]) => number === code - KILLED);
  return signal === undefined ? '' : `: a program was ended by ${signal[0]}`;
}

const KILLED = 128;
