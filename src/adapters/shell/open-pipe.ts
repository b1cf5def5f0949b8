import { execFile } from 'node:child_process';
import { close, constants, open } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

export type OpenPipe = {
  /** Descriptor to read from; whoever reads closes it. */
  readonly reader: number;
  /** Descriptor for the command's output. */
  readonly writer: number;
  readonly closeWriter: () => Promise<void>;
};

const runProgram = promisify(execFile);
const openDescriptor = promisify(open);
const closeDescriptor = promisify(close);

/**
 * A real pipe. What Node itself gives a child as standard output is a socket, which a script can't open again by
 * name: `echo oops > /dev/stderr` would fail.
 */
export async function openPipe(): Promise<OpenPipe> {
  const folder = await mkdtemp(join(tmpdir(), 'walkback-output-'));
  const path = join(folder, 'pipe');
  try {
    await runProgram('mkfifo', ['-m', '600', path]);
    const reader = await openDescriptor(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const writer = await openDescriptor(path, constants.O_WRONLY);
    return { reader, writer, closeWriter: () => closeDescriptor(writer) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
