import { join } from 'node:path';
import { createGit } from '../../src/adapters/git/create-git.ts';
import type { Git, RollbackRequest } from '../../src/engine/ports/git.ts';
import type { TestRepository } from './git-repository.ts';

/** The git adapter with its mirrors and its home in the test's folder; another name is another worker's machine. */
export const gitFor = (repository: TestRepository, machine = 'mirrors'): Git =>
  createGit({
    mirrors: join(repository.folder, machine),
    environment: { PATH: process.env['PATH'] ?? '', HOME: repository.folder },
  });

/** A rollback of the branch to a commit, as the tests ask for it unless they say otherwise. */
export const rollbackOf = (
  repository: TestRepository,
  change: Pick<RollbackRequest, 'target' | 'expectedHead'> & Partial<RollbackRequest>,
): RollbackRequest => ({
  ref: repository.ref,
  method: 'tree',
  paths: [],
  message: 'Roll back main\n\nThe checkout fails.',
  at: '2030-02-01T10:20:30.400Z',
  run: 'RUN-7',
  ...change,
});

export const never = (): AbortSignal => new AbortController().signal;
