import { watch } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** The content of a file, as soon as there is one. */
export async function untilFile(path: string): Promise<string> {
  const changes = watch(dirname(path));
  try {
    return await new Promise((resolve) => {
      const look = () => void readFile(path, 'utf8').then(resolve, () => undefined);
      changes.on('change', look);
      look();
    });
  } finally {
    changes.close();
  }
}
