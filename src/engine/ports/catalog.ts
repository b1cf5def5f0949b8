import type { LoadedPlaybook } from '../../domain/playbook/playbook.ts';
import type { Team } from '../../domain/team/team.ts';

/** walkback.yml and the playbooks as they are on disk at this moment. */
export type Catalog = {
  readonly team: () => Promise<Team>;
  /**
   * undefined where there is none. It is held against the services that use it: those of `heldAgainst`, a team that this
   * catalog gave; left out, those of walkback.yml as it is now.
   */
  readonly playbook: (name: string, heldAgainst?: Team) => Promise<LoadedPlaybook | undefined>;
};
