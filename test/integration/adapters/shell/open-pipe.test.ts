import { execFileSync } from 'node:child_process';
import { closeSync, openSync, readdirSync, readSync, writeSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { createPipes, type Pipe } from '../../../../src/adapters/shell/open-pipe.ts';

const inUse = (): number => readdirSync('/proc/self/fd').length;
const limitDescriptors = (soft: string): void =>
  void execFileSync('prlimit', ['--pid', `${process.pid}`, `--nofile=${soft}:`]);
const softLimit = (): string =>
  execFileSync('prlimit', ['--pid', `${process.pid}`, '--nofile', '--output=SOFT', '--noheadings'], {
    encoding: 'utf8',
  }).trim();

/** Leaves this process so many descriptors, until the test is over or the returned function is called. */
function leaveDescriptors(left: number): () => void {
  const before = softLimit();
  const held: number[] = [];
  const release = (): void => {
    for (const descriptor of held.splice(0)) closeSync(descriptor);
  };
  onTestFinished(() => limitDescriptors(before));
  onTestFinished(release);
  limitDescriptors('300');
  try {
    for (;;) held.push(openSync('/dev/null', 'r'));
  } catch {
    for (const descriptor of held.splice(0, left)) closeSync(descriptor);
  }
  return release;
}

function close({ reader, closeWriter }: Pipe): void {
  closeSync(reader);
  closeWriter();
}

it('carries what is written', async () => {
  const pipe = await createPipes()();
  writeSync(pipe.writer, 'hello');
  const bytes = Buffer.alloc(16);
  expect(bytes.toString('utf8', 0, readSync(pipe.reader, bytes))).toBe('hello');
  close(pipe);
});

it('makes one pipe where descriptors run out, and holds no other', async () => {
  const openPipe = createPipes();
  const before = inUse();
  const release = leaveDescriptors(20);
  const pipe = await openPipe();
  release();
  expect(inUse()).toBe(before + 2);
  close(pipe);
});

it('says that there are no descriptors, keeps none, and makes pipes again once there are', async () => {
  const openPipe = createPipes();
  const before = inUse();
  const release = leaveDescriptors(1);
  await expect(openPipe()).rejects.toThrow('EMFILE');
  release();
  expect(inUse()).toBe(before);
  close(await openPipe());
});
