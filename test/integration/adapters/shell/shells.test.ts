import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCommandRunner } from '../../../../src/adapters/shell/create-command-runner.ts';
import { createRedactor } from '../../../../src/engine/redact.ts';

const PATH = process.env['PATH'] ?? '';
const runner = createCommandRunner({
  baseEnvironment: { PATH },
  redact: createRedactor({ secrets: [] }),
});

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'walkback-shells-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A search path with nothing but these programs. */
async function onlyWith(programs: Readonly<Record<string, string>>): Promise<string> {
  const path = await mkdtemp(join(folder, 'path-'));
  for (const [name, program] of Object.entries(programs)) await symlink(program, join(path, name));
  return path;
}

async function run(
  command: string,
  { shell = 'strict', path = PATH }: { shell?: string | null; path?: string } = {},
) {
  const pieces: string[] = [];
  const result = await runner.run({
    command,
    shell: shell ?? undefined,
    directory: folder,
    environment: { PATH: path },
    timeoutMs: 30_000,
    onOutput: (text) => pieces.push(text),
    onStart: async () => undefined,
    signal: new AbortController().signal,
  });
  return { ...result, output: pieces.join('') };
}

const failsWith = (code: number) => expect.objectContaining({ kind: 'exited', code });

describe('a failure ends the command', () => {
  it.each([
    ['on a line that is not the last', 'echo begun; (exit 3)\necho deployed', 3],
    ['inside a pipe', '(exit 4) | cat\necho deployed', 4],
    ['inside what a variable is set to', 'head=$((exit 5); echo x)\necho deployed', 5],
    ['of a program that is not there', 'no-such-program --now\necho deployed', 127],
    ['of a variable that is not set', 'echo "$RELEASE_OF_NOBODY"\necho deployed', 1],
    ['by a signal', "sh -c 'kill -9 $$'\necho deployed", 137],
    ['in a function', 'deploy() { (exit 6); echo deployed; }\ndeploy', 6],
  ])('%s', async (_, command, code) => {
    const ended = await run(command);
    expect(ended).toEqual(failsWith(code));
    expect(ended.output).not.toContain('deployed');
  });

  it('for sh as well, but for what is inside a pipe', async () => {
    expect(await run('(exit 3)\necho deployed', { shell: 'sh' })).toEqual(failsWith(3));
    expect(await run('echo "$RELEASE_OF_NOBODY"', { shell: 'sh' })).toEqual(failsWith(2));
    expect(await run('(exit 3) | cat', { shell: 'sh' })).toEqual(failsWith(0));
  });

  it('not where a plan was approved before there was a choice', async () => {
    expect(await run('(exit 3)\necho deployed', { shell: null })).toEqual({
      kind: 'exited',
      code: 0,
      output: 'deployed\n',
    });
  });
});

it('has a program of the playbook run the command, as its last argument', async () => {
  expect(await run('console.log(1 + 1)', { shell: 'node -e' })).toEqual({
    kind: 'exited',
    code: 0,
    output: '2\n',
  });
  expect(await run('print', { shell: 'no-such-program -c' })).toEqual(failsWith(127));
});

describe('on a machine without bash', () => {
  it('sh runs the command, as strictly where it can, and that is said', async () => {
    const path = await onlyWith({ sh: '/bin/bash', cat: '/bin/cat' });
    const ended = await run('echo begun; (exit 4) | cat\necho deployed', { path });
    expect(ended).toEqual(failsWith(4));
    expect(ended.output).toBe('there is no bash here: sh runs it\nbegun\n');
  });

  it('a command with a pipe is not started where its sh would not see a failure in it', async () => {
    const path = await onlyWith({ sh: '/bin/dash', cat: '/bin/cat' });
    expect(await run('echo "a | b"; (exit 3)', { path })).toEqual(failsWith(3));
    expect(await run('(exit 4) | cat', { path })).toEqual({
      kind: 'not-started',
      why: expect.stringContaining('install bash, or have the step say shell: sh'),
      output: '',
    });
  });

  it('a step that asks for bash is not started', async () => {
    const path = await onlyWith({ sh: '/bin/bash' });
    expect(await run('echo deployed', { shell: 'bash', path })).toEqual({
      kind: 'not-started',
      why: 'there is no bash on this machine',
      output: '',
    });
  });
});
