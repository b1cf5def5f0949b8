import type { Service } from '../../domain/team/team.ts';
import type { RepositoryRef } from '../ports/git.ts';

/** What git needs to know of a service. */
export const repositoryOf = ({ repository, branch, releases, migrations }: Service): RepositoryRef => ({
  repository,
  branch,
  releases,
  migrations,
});
