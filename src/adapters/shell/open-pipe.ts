import { execFile } from 'node:child_process';
import { close, constants, open } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

export type Pipe = {
  /** Descriptor to read from; whoever reads closes it. */
  readonly reader: number;
  /** Descriptor for the command's output. */
  readonly writer: number;
  readonly closeWriter: () => Promise<void>;
};

/** Pipes made by one `mkfifo`, so that its process is not part of every step's time. */
const BATCH = ['1', '2', '3', '4', '5', '6', '7', '8'];

const runProgram = promisify(execFile);
const openDescriptor = promisify(open);
const closeDescriptor = promisify(close);

/**
 * Makes a function that opens real pipes. What Node itself gives a child as standard output is a socket, which a
 * script can't open again by name: `echo oops > /dev/stderr` would fail.
 */
export function createPipes(): () => Promise<Pipe> {
  let spare: Promise<readonly Pipe[]> = Promise.resolve([]);
  return async () => {
    const taken = spare.then(async (pipes) => (pipes.length > 0 ? pipes : makePipes()));
    spare = taken.then(
      (pipes) => pipes.slice(1),
      () => [],
    );
    const [pipe] = await taken;
    if (pipe === undefined) throw new Error('mkfifo made no pipe');
    return pipe;
  };
}

async function makePipes(): Promise<readonly Pipe[]> {
  const folder = await mkdtemp(join(tmpdir(), 'walkback-output-'));
  const paths = BATCH.map((name) => join(folder, name));
  try {
    await runProgram('mkfifo', ['-m', '600', ...paths]);
    return await Promise.all(paths.map(openPipe));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function openPipe(path: string): Promise<Pipe> {
  const reader = await openDescriptor(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const writer = await openDescriptor(path, constants.O_WRONLY);
  return { reader, writer, closeWriter: () => closeDescriptor(writer) };
}
