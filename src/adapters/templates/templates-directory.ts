import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { packageFile } from '../files/package-file.ts';

/** A team's own templates/ below root where there is one, else those that come with Walkback. Absolute. */
export async function templatesDirectory(root: string): Promise<string> {
  const own = join(root, 'templates');
  const found = await stat(own).catch(() => undefined);
  return found?.isDirectory() ? own : packageFile('templates');
}
