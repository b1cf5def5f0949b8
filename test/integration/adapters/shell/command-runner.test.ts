import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCommandRunner } from '../../../../src/adapters/shell/create-command-runner.ts';
import { markProcess, startTimeOf } from '../../../../src/adapters/shell/process-mark.ts';
import type { CommandRequest, ProcessMark } from '../../../../src/engine/ports/command-runner.ts';
import { createRedactor } from '../../../../src/engine/redact.ts';

const runner = createCommandRunner({
  baseEnvironment: { PATH: process.env['PATH'] ?? '', LANG: 'C.UTF-8' },
  redact: createRedactor({ secrets: ['correct-horse-battery'] }),
  graceMs: 300,
});

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'walkback-shell-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

async function run(command: string, change: Partial<CommandRequest> = {}) {
  const pieces: string[] = [];
  const result = await runner.run({
    command,
    shell: 'strict',
    directory,
    environment: {},
    timeoutMs: 30_000,
    onOutput: (text) => pieces.push(text),
    onStart: async () => undefined,
    signal: new AbortController().signal,
    ...change,
  });
  return { result, output: pieces.join('') };
}

/** Aborts as soon as the command has printed its first line. */
function abortOnOutput() {
  const controller = new AbortController();
  const pieces: string[] = [];
  const onOutput = (text: string) => {
    pieces.push(text);
    controller.abort();
  };
  return { pieces, change: { onOutput, signal: controller.signal } };
}

const isAlive = async (pid: number): Promise<boolean> => (await startTimeOf(pid)) !== undefined;

describe('a command', () => {
  it('runs in its directory and tells its exit code', async () => {
    expect(await run('pwd; exit 7')).toEqual({
      result: { kind: 'exited', code: 7 },
      output: `${directory}\n`,
    });
  });

  it('sees the base environment, its own, and nothing else of this process', async () => {
    process.env['WALKBACK_TEST_SECRET'] = 'leaked';
    const { output } = await run('env', { environment: { REGION: 'eu; rm -rf /' } });
    delete process.env['WALKBACK_TEST_SECRET'];
    expect(output).toContain('REGION=eu; rm -rf /\n');
    const names = output
      .trim()
      .split('\n')
      .map((line) => line.split('=')[0]);
    expect(names.filter((name) => !['PWD', 'OLDPWD', 'SHLVL', '_'].includes(name ?? '')).sort()).toEqual([
      'LANG',
      'PATH',
      'REGION',
    ]);
  });

  it('keeps standard output and standard error in the order they were written', async () => {
    const { output } = await run('for i in 1 2 3 4 5; do echo out $i; echo err $i >&2; done');
    expect(output).toBe([1, 2, 3, 4, 5].map((i) => `out ${i}\nerr ${i}\n`).join(''));
  });

  it('may write to /dev/stderr by name', async () => {
    expect((await run('echo oops > /dev/stderr')).output).toBe('oops\n');
  });

  it('reads nothing from standard input', async () => {
    expect((await run('cat; echo end')).output).toBe('end\n');
  });

  it('has secrets redacted, also across pieces, and characters kept whole', async () => {
    const { output } = await run(
      String.raw`printf 'pass correct-horse'; sleep 0.1; printf -- '-battery '; printf '\303'; sleep 0.1; printf '\244\n'`,
    );
    expect(output).toBe('pass [redacted] ä\n');
  });

  it('gets all of a large output through', async () => {
    const { output } = await run('seq 1 100000');
    expect(output.split('\n')).toHaveLength(100_001);
  });

  it('that dies of a signal is told as killed', async () => {
    expect((await run('kill -9 $$')).result).toEqual({ kind: 'killed', by: 'SIGKILL' });
  });

  it('is not started in a directory that is not there', async () => {
    const { result } = await run('echo hi', { directory: join(directory, 'missing') });
    expect(result).toEqual({
      kind: 'not-started',
      why: `there is no directory ${join(directory, 'missing')}`,
    });
  });

  it('is not started when it is aborted before', async () => {
    const { result, output } = await run('echo hi', { signal: AbortSignal.abort() });
    expect({ result, output }).toEqual({ result: { kind: 'aborted' }, output: '' });
  });
});

describe('the gate', () => {
  it('holds the command back until its start is noted', async () => {
    let existedBefore: boolean | undefined;
    const marks: ProcessMark[] = [];
    const { output } = await run('echo $$; touch begun', {
      onStart: async (mark) => {
        marks.push(mark);
        await run('sleep 0.2');
        existedBefore = existsSync(join(directory, 'begun'));
      },
    });
    expect(existedBefore).toBe(false);
    expect(existsSync(join(directory, 'begun'))).toBe(true);
    expect(marks).toEqual([{ host: hostname(), pid: Number(output), startedAt: expect.any(String) }]);
  });

  it('stays shut when noting the start fails, which is thrown', async () => {
    const failing = run('touch begun', { onStart: () => Promise.reject(new Error('no store')) });
    await expect(failing).rejects.toThrow('no store');
    expect(existsSync(join(directory, 'begun'))).toBe(false);
  });

  it('stays shut when the command is aborted meanwhile', async () => {
    const controller = new AbortController();
    const onStart = async () => controller.abort();
    const { result } = await run('touch begun', { onStart, signal: controller.signal });
    expect(result).toEqual({ kind: 'aborted' });
    expect(existsSync(join(directory, 'begun'))).toBe(false);
  });

  it('stays shut when this process dies before it is opened', async () => {
    const shell = spawn('/bin/sh', ['-c', 'IFS= read -r go <&3 || exit 125; touch begun'], {
      cwd: directory,
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    shell.stdio[3]?.destroy();
    expect(await once(shell, 'exit')).toEqual([125, null]);
    expect(existsSync(join(directory, 'begun'))).toBe(false);
  });

  it('leaves the command no descriptor of ours', async () => {
    expect((await run('(echo x >&3) 2>/dev/null || echo closed')).output).toBe('closed\n');
  });
});

describe('a command that is stopped', () => {
  it('takes its children along when it runs out of time', async () => {
    const { result, output } = await run('sleep 60 & echo $!; wait', { timeoutMs: 300 });
    expect(result).toEqual({ kind: 'timed-out' });
    expect(await isAlive(Number(output))).toBe(false);
  });

  it('may tidy up when it is asked to end', async () => {
    const { change } = abortOnOutput();
    const { result } = await run("trap 'touch tidied; exit 0' TERM; echo ready; sleep 60 & wait", change);
    expect(result).toEqual({ kind: 'aborted' });
    expect(existsSync(join(directory, 'tidied'))).toBe(true);
  });

  it('is killed with its children when it does not listen', async () => {
    const { change, pieces } = abortOnOutput();
    const { result } = await run("trap '' TERM; sleep 60 & echo $!; wait; sleep 60", change);
    expect(result).toEqual({ kind: 'aborted' });
    expect(await isAlive(Number(pieces.join('')))).toBe(false);
  });
});

describe('what a command leaves in the background', () => {
  it('lives on, and does not keep the step from ending although it holds its output', async () => {
    const startedAt = performance.now();
    const { result, output } = await run('sleep 60 & echo $!');
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    expect(result).toEqual({ kind: 'exited', code: 0 });
    expect(await isAlive(Number(output))).toBe(true);
    process.kill(Number(output), 'SIGKILL');
  });
});

describe('killLeftover', () => {
  const leave = async () => {
    const child = spawn('/bin/sh', ['-c', 'sleep 60 & echo $!; wait'], {
      detached: true,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const exit = once(child, 'exit');
    const [line] = await once(child.stdout, 'data');
    const mark = await markProcess(child.pid ?? 0);
    return { mark, child: Number(String(line)), exit };
  };

  it('kills the whole group that a dead worker left', async () => {
    const { mark, child, exit } = await leave();
    expect(await runner.killLeftover(mark)).toBe(true);
    await exit;
    expect(await isAlive(child)).toBe(false);
    expect(await runner.killLeftover(mark)).toBe(false);
  });

  it('spares a process of another host or one that only has the same number', async () => {
    const { mark, exit } = await leave();
    expect(await runner.killLeftover({ ...mark, host: 'other.example.com' })).toBe(false);
    expect(await runner.killLeftover({ ...mark, startedAt: '1' })).toBe(false);
    expect(await isAlive(mark.pid)).toBe(true);
    expect(await runner.killLeftover(mark)).toBe(true);
    await exit;
  });

  it('knows a process by the time the kernel says it started', async () => {
    const { startedAt } = await markProcess(process.pid);
    if (process.platform !== 'linux') return;
    const stat = await readFile(`/proc/${process.pid}/stat`, 'utf8');
    expect(stat).toContain(` ${startedAt} `);
  });
});
