import type { LoadedPlaybook } from '../../domain/playbook/playbook.ts';
import type { Team } from '../../domain/team/team.ts';

/** walkback.yml and the playbooks as they are on disk at this moment. */
export type Catalog = {
  readonly team: () => Promise<Team>;
  readonly playbook: (name: string) => Promise<LoadedPlaybook | undefined>;
};
