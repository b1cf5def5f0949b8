import { holdsAny, type Person } from '../../domain/actor.ts';
import { respondRoles, type Team } from '../../domain/team/team.ts';
import { permalinkOf, readMessageAt, shortText } from '../../slack/connection/read-message.ts';
import { declareFormView, type Source } from '../../slack/incident/forms/declare.ts';
import type { Modal } from '../../slack/kit/block-kit.ts';
import { outcomeView } from '../../slack/kit/telling-views.ts';
import { explainRefusal } from '../door/explain-refusal.ts';
import type { Attending, Listening } from '../door/listening.ts';
import { openBehindLoading, openModal } from '../door/open-modal.ts';

const TITLE = 'Declare an incident';

/** The message that an incident is declared from; `message` as Slack gave it, where it is known already. */
type FromMessage = { readonly channel: string; readonly ts: string; readonly message?: unknown };

type Request = {
  readonly person: Person;
  readonly team: Team;
  readonly triggerId: string;
  readonly from?: FromMessage | undefined;
  /** The channel where they asked. */
  readonly channel?: string | undefined;
  /** As typed. */
  readonly title?: string | undefined;
  /** mrkdwn above the form. */
  readonly notice?: string | undefined;
};

/** Opens the declaration at once; from a message, behind a loading view while the message is looked up. */
export async function openDeclareForm(listening: Attending, request: Request): Promise<void> {
  const { person, team, triggerId, from, channel: asked, title, notice } = request;
  const open = (view: Modal) => openModal(listening, { triggerId, view });
  const roles = respondRoles(team);
  if (!holdsAny(person, roles)) {
    const text = explainRefusal({ reason: 'not-permitted', roles }, { person, team });
    await open(outcomeView({ title: TITLE, text }));
    return;
  }
  const now = listening.clock.now();
  if (from === undefined) {
    await open(declareFormView({ team, person, now, asked, notice, ...(title && { title }) }));
    return;
  }
  await openBehindLoading(listening, { triggerId, title: TITLE }, async () => ({
    kind: 'form',
    view: declareFormView({
      ...{ team, person, now, asked },
      ...(await prefillFrom(listening, from)),
      ...(title && { title }),
    }),
  }));
}

async function prefillFrom(
  { client }: Pick<Listening, 'client'>,
  { message: known, ...place }: FromMessage,
): Promise<{ readonly source: Source; readonly title: string; readonly impact: string }> {
  const [permalink, read] = await Promise.all([
    permalinkOf(client, place),
    known === undefined ? readMessageAt(client, place) : shortText(known),
  ]);
  return { source: { ...place, permalink }, title: read?.title ?? '', impact: read?.text ?? '' };
}
