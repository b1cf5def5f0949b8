import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { onTestFinished } from 'vitest';

/**
 * What is read from disk from now on until the test is over: base names of the files, in order. `after` is called when
 * one has been read, before whoever reads it goes on, so that a test can replace it in between.
 */
export function countedReads(after: (file: string) => void = () => undefined): string[] {
  const files: string[] = [];
  const real = fs.readFileSync;
  const counting = (...given: Parameters<typeof real>): ReturnType<typeof real> => {
    const read = real(...given);
    const file = String(given[0]).replace(/^.*\//, '');
    files.push(file);
    after(file);
    return read;
  };
  put(counting);
  onTestFinished(() => put(real));
  return files;
}

/** Also for those who imported it by name. */
function put(readFileSync: (...given: Parameters<typeof fs.readFileSync>) => unknown): void {
  Object.assign(fs, { readFileSync });
  syncBuiltinESMExports();
}
