import { execFile } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, rmdirSync, rmSync } from 'node:fs';
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

/** So many pipes are made by one `mkfifo`: its process is not to be part of every step's time. More would hold up the loop. */
const BATCH = 16;

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
    return openPipes(paths);
  } finally {
    // Path by path: to list a folder takes a descriptor, and there may be none.
    for (const path of paths) rmSync(path, { force: true });
    rmdirSync(folder);
  }
}

/** As many as there are descriptors for; where they run out, one, so that nothing is held that is not needed at once. */
function openPipes(paths: readonly string[]): readonly Pipe[] {
  const pipes: Pipe[] = [];
  try {
    for (const path of paths) pipes.push(openPipe(path));
    return pipes;
  } catch (error) {
    const [first, ...others] = pipes;
    if (first === undefined) throw error;
    for (const { reader, closeWriter } of others) {
      closeSync(reader);
      closeWriter();
    }
    return [first];
  }
}

/** Opens both ends at once: neither waits, since the first needs no writer and the second has its reader. */
function openPipe(path: string): Pipe {
  const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const writer = openSync(path, constants.O_WRONLY);
    return { reader, writer, closeWriter: () => closeSync(writer) };
  } catch (error) {
    closeSync(reader);
    throw error;
  }
}
