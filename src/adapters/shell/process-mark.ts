import { execFile } from 'node:child_process';
import { hostname } from 'node:os';
import { promisify } from 'node:util';
import type { ProcessMark } from '../../engine/ports/command-runner.ts';
import { readProcess } from './read-process.ts';

const runProgram = promisify(execFile);

/** What tells a process from every other that had or will have its number. */
export async function markProcess(pid: number): Promise<ProcessMark> {
  return { host: hostname(), pid, startedAt: (await startTimeOf(pid)) ?? 'ended already' };
}

/** Whether a process of this number is the very same one. One whose start nobody noted counts by its number alone. */
export async function isStill({
  pid,
  startedAt,
}: {
  readonly pid: number;
  readonly startedAt?: string | undefined;
}): Promise<boolean> {
  const started = await startTimeOf(pid);
  return started !== undefined && (startedAt === undefined || started === startedAt);
}

/** When a process started, in the system's own words; undefined where it no longer runs. */
export function startTimeOf(pid: number): Promise<string | undefined> {
  return process.platform === 'linux' ? startTimeFromProc(pid) : startTimeFromPs(pid);
}

async function startTimeFromProc(pid: number): Promise<string | undefined> {
  const found = readProcess(pid);
  return found === undefined || found.zombie ? undefined : found.startedAt;
}

async function startTimeFromPs(pid: number): Promise<string | undefined> {
  const found = await runProgram('ps', ['-o', 'lstart=', '-p', String(pid)]).catch(() => undefined);
  return found?.stdout.trim() || undefined;
}
