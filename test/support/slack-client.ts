import { createPerson, type SlackPerson } from '../../src/demo/slack-person.ts';
import { people } from '../../src/demo/slack-workspace.ts';

export type Team = {
  /** Asks for rollbacks. */
  readonly robin: SlackPerson;
  /** Approves. */
  readonly alex: SlackPerson;
  /** Approves what others may not, and unlocks. */
  readonly sam: SlackPerson;
  /** Only reads. */
  readonly kim: SlackPerson;
  readonly leave: () => void;
};

/** The demo's people, each looking at the local Slack at `url`. */
export async function joinAsTeam(url: string): Promise<Team> {
  const join = (userId: string): Promise<SlackPerson> => createPerson({ url, userId });
  const [robin, alex, sam, kim] = await Promise.all([
    join(people.responder.id),
    join(people.approver.id),
    join(people.seniorApprover.id),
    join(people.stakeholder.id),
  ]);
  return {
    ...{ robin, alex, sam, kim },
    leave: () => {
      for (const person of [robin, alex, sam, kim]) person.close();
    },
  };
}
