import { stat } from 'node:fs/promises';

/** What is wrong with a path that is to be a folder, in a sentence; undefined for a folder. */
export async function notAFolder(path: string): Promise<string | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return `There is no folder ${path}.`;
  if (found.isDirectory()) return undefined;
  return `${path} is a file: name the folder with walkback.yml, and everything in it is looked at together.`;
}
