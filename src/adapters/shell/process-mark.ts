import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { promisify } from 'node:util';
import type { ProcessMark } from '../../engine/ports/command-runner.ts';

const runProgram = promisify(execFile);

/** What tells a process from every other that had or will have its number. */
export async function markProcess(pid: number): Promise<ProcessMark> {
  return { host: hostname(), pid, startedAt: (await startTimeOf(pid)) ?? 'ended already' };
}

/** When a process started, in the system's own words; undefined where it no longer runs. */
export function startTimeOf(pid: number): Promise<string | undefined> {
  return process.platform === 'linux' ? startTimeFromProc(pid) : startTimeFromPs(pid);
}

async function startTimeFromProc(pid: number): Promise<string | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  // The second field, the name in brackets, may hold anything; the third is the state, the 22nd the start time.
  const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ');
  return fields?.[0] === 'Z' ? undefined : fields?.[19];
}

async function startTimeFromPs(pid: number): Promise<string | undefined> {
  const found = await runProgram('ps', ['-o', 'lstart=', '-p', String(pid)]).catch(() => undefined);
  return found?.stdout.trim() || undefined;
}
