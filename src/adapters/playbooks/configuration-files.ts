import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigurationBroken } from '../../domain/problem/configuration-broken.ts';
import type { Problem } from '../../domain/problem/problem.ts';

export const TEAM_FILE = 'walkback.yml';
const PLAYBOOK_FOLDER = 'playbooks';
const NAME = /^[a-z][a-z0-9-]*$/;

/** A file's text, and the SHA-256 (64 hex digits) of its bytes. */
export type FileText = { readonly file: string; readonly text: string; readonly digest: string };

/** Reads a file below root; undefined where there is none. Throws ConfigurationBroken for one that may not be read. */
export async function readText(root: string, file: string): Promise<FileText | undefined> {
  try {
    const bytes = readFileSync(join(root, file));
    return { file, text: bytes.toString('utf8'), digest: createHash('sha256').update(bytes).digest('hex') };
  } catch (error) {
    if (isMissing(error)) return undefined;
    if (hasCode(error, 'EACCES', 'EPERM', 'EISDIR')) throw new ConfigurationBroken([unreadable(file, error)]);
    throw new Error(`can't read ${file}`, { cause: error });
  }
}

/** Files in playbooks/ that end like YAML, sorted; an empty list where there is no such folder. */
export async function listPlaybookFiles(root: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(join(root, PLAYBOOK_FOLDER));
    const yaml = entries.filter((entry) => /\.ya?ml$/.test(entry) && !entry.startsWith('.'));
    return yaml.sort().map((entry) => `${PLAYBOOK_FOLDER}/${entry}`);
  } catch (error) {
    if (isMissing(error)) return [];
    throw new Error(`can't read ${PLAYBOOK_FOLDER}/`, { cause: error });
  }
}

/** Where a playbook must be, or undefined where the name can't be one, such as "../secrets". */
export const playbookFile = (name: string): string | undefined =>
  NAME.test(name) ? `${PLAYBOOK_FOLDER}/${name}.yml` : undefined;

/** The name that a playbook must have by its file, "release-rollback" of "playbooks/release-rollback.yml". */
export const nameByFile = (file: string): string =>
  file.slice(PLAYBOOK_FOLDER.length + 1).replace(/\.ya?ml$/, '');

const isMissing = (error: unknown): boolean => hasCode(error, 'ENOENT', 'ENOTDIR');

const hasCode = (error: unknown, ...codes: readonly string[]): error is Error =>
  error instanceof Error && 'code' in error && codes.some((code) => error.code === code);

const unreadable = (file: string, { message }: Error): Problem => ({
  level: 'error',
  file,
  line: 1,
  column: 1,
  what: '(file)',
  expected: 'a file that Walkback may read',
  found: message,
  example: `chmod a+r ${file}`,
});
