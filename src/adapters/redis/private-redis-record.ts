import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** What is known of the private Redis of a data directory: its process, its socket, and the process that stops it. */
const PrivateRedisRecord = z.strictObject({
  pid: z.number().int().positive(),
  socket: z.string().min(1),
  owner: z.number().int().positive(),
  /** When the owner started: another process may have its number by now. */
  ownerStartedAt: z.string().optional(),
});
export type PrivateRedisRecord = z.infer<typeof PrivateRedisRecord>;

/** The record that an earlier start left, or undefined where there is none that can be read. */
export async function readRecord(dataDir: string): Promise<PrivateRedisRecord | undefined> {
  const text = await readFile(recordFile(dataDir), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  return PrivateRedisRecord.safeParse(parseJson(text)).data;
}

export async function writeRecord(dataDir: string, record: PrivateRedisRecord): Promise<void> {
  const fresh = `${recordFile(dataDir)}.${process.pid}`;
  await writeFile(fresh, `${JSON.stringify(record)}\n`);
  await rename(fresh, recordFile(dataDir));
}

export const removeRecord = (dataDir: string): Promise<void> => rm(recordFile(dataDir), { force: true });

/** Whether a process of this number exists. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

const recordFile = (dataDir: string): string => join(dataDir, 'private-redis.json');

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
