import { execFile } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

export type Pipe = {
  /** Descriptor to read from; whoever reads closes it. */
  readonly reader: number;
  /** Descriptor for the command's output. */
  readonly writer: number;
  readonly closeWriter: () => void;
};

/** So many pipes are made by one `mkfifo`: its process is not to be part of every step's time. */
const BATCH = 32;

const runProgram = promisify(execFile);

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
  const folder = mkdtempSync(join(tmpdir(), 'walkback-output-'));
  const paths = Array.from({ length: BATCH }, (_, number) => join(folder, `${number}`));
  try {
    await runProgram('mkfifo', ['-m', '600', ...paths]);
    return paths.map(openPipe);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Opens both ends at once: neither waits, since the first needs no writer and the second has its reader. */
function openPipe(path: string): Pipe {
  const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const writer = openSync(path, constants.O_WRONLY);
  return { reader, writer, closeWriter: () => closeSync(writer) };
}
