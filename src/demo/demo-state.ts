import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** What one start of the demo leaves for the next. */
export const DemoState = z.strictObject({
  /** The process that runs, or ran, the demo. */
  pid: z.number().int().positive(),
  /** When it started, which tells it from another that has its number by now. */
  startedAt: z.string().optional(),
  /** What runs beside it in a process group of its own. */
  parts: z.array(z.strictObject({ pid: z.number().int().positive(), startedAt: z.string() })).default([]),
  slackPort: z.number().int(),
  shopPort: z.number().int(),
});
export type DemoState = z.infer<typeof DemoState>;

/** Undefined before the first start, or where the file can't be read as one of ours. */
export async function readState(directory: string): Promise<DemoState | undefined> {
  const text = await readFile(join(directory, 'state.json'), 'utf8').catch(() => undefined);
  try {
    return text === undefined ? undefined : DemoState.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

export async function writeState(directory: string, state: DemoState): Promise<void> {
  const file = join(directory, 'state.json');
  await writeFile(`${file}.new`, `${JSON.stringify(state, null, 2)}\n`);
  await rename(`${file}.new`, file);
}
