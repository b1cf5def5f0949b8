import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type StartRequest, startProcess } from '../../../src/demo/start-process.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'walkback-process-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const request = (script: string, more: Partial<StartRequest> = {}): StartRequest => ({
  name: 'the program',
  program: process.execPath,
  parameters: ['-e', script],
  logFile: join(folder, 'log'),
  isReady: (line) => line === 'ready',
  readyWithin: 10_000,
  grace: 10_000,
  ...more,
});

const STAY = 'setInterval(() => undefined, 1000); console.log("ready");';

describe('a started process', () => {
  it('is asked to end, and may finish what it does', async () => {
    const polite = `process.on("SIGTERM", () => { console.log("tidy"); process.exit(7) }); ${STAY}`;
    const program = await startProcess(request(polite));
    await program.stop();
    expect(await program.ended).toBe('exit code 7');
    expect(await readFile(join(folder, 'log'), 'utf8')).toBe('ready\ntidy\n');
  });

  it('is killed when it does not end in time', async () => {
    const program = await startProcess(
      request(`process.on("SIGTERM", () => undefined); ${STAY}`, { grace: 50 }),
    );
    await program.stop();
    expect(await program.ended).toBe('SIGKILL');
  });

  it('tells when and how it ended by itself', async () => {
    const program = await startProcess(request('console.log("ready"); process.exitCode = 3;'));
    expect(await program.ended).toBe('exit code 3');
    await program.stop();
  });

  it('shows what it said when it ends before it is ready', async () => {
    const start = startProcess(request('console.error("no such file"); process.exitCode = 1;'));
    await expect(start).rejects.toThrow('the program: ended (exit code 1) before it was ready\nno such file');
  });

  it('is given up on when it does not get ready in time', async () => {
    const silent = 'setInterval(() => undefined, 1000);';
    await expect(startProcess(request(silent, { readyWithin: 50 }))).rejects.toThrow(
      'not ready within 50 ms',
    );
  });

  it('ends when whoever started it is killed', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    const connection = once(server, 'connection');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const starter = await startFromOutside(
      request(`require("net").connect(${port}, "127.0.0.1").on("connect", () => console.log("ready"))`),
    );
    const [socket] = await connection;
    const gone = new Promise((resolve) => socket.on('error', resolve).on('close', resolve).resume());
    starter.kill('SIGKILL');
    await gone;
    server.close();
  });
});

/** A process of its own that starts the program, and has. */
async function startFromOutside(program: StartRequest): Promise<ChildProcess> {
  const source = await readFile(new URL('../../../src/demo/start-process.ts', import.meta.url), 'utf8');
  const options = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023 };
  await writeFile(
    join(folder, 'start-process.mjs'),
    ts.transpileModule(source, { compilerOptions: options }).outputText,
  );
  const main = `
    import { startProcess } from './start-process.mjs';
    await startProcess({ ...${JSON.stringify(program)}, isReady: (line) => line === 'ready' });
    console.log('started');
  `;
  await writeFile(join(folder, 'main.mjs'), main);
  const starter = spawn(process.execPath, [join(folder, 'main.mjs')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(starter.stdout, 'data');
  return starter;
}
