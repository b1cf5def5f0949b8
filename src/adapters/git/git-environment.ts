import { dirname } from 'node:path';

/** Who commits: a rollback is Walkback's, whoever asked for it stands in the message. */
const AUTHOR = { name: 'Walkback', email: 'walkback@example.com' };

/** The environment of a git process: what it is given to reach its remote. Git itself never asks on a terminal and never finds a repository above. */
export function gitEnvironment(
  available: Readonly<Record<string, string>>,
  directory: string,
): Record<string, string> {
  return {
    ...available,
    LC_ALL: 'C',
    GIT_AUTHOR_NAME: AUTHOR.name,
    GIT_AUTHOR_EMAIL: AUTHOR.email,
    GIT_COMMITTER_NAME: AUTHOR.name,
    GIT_COMMITTER_EMAIL: AUTHOR.email,
    GIT_TERMINAL_PROMPT: '0',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_CEILING_DIRECTORIES: dirname(directory),
  };
}
