import { SlackUnavailable } from '../../engine/ports/slack-unavailable.ts';
import { callSlack, isRefused } from '../../slack/connection/slack-failure.ts';
import type { Modal } from '../../slack/kit/block-kit.ts';
import { textMessage } from '../../slack/kit/message.ts';
import { loadingView, outcomeView } from '../../slack/kit/telling-views.ts';
import type { Attending, Listening } from './listening.ts';

/** Why Slack didn't open a modal: its three seconds were over, that press has opened one already, or it was busy. */
type NotOpened = 'too-late' | 'opened-before' | 'busy';

/** Slack didn't open a modal: nothing was done. */
export class ModalNotOpened extends Error {
  readonly because: NotOpened;
  constructor(because: NotOpened, options: ErrorOptions) {
    super('slack did not open a modal', options);
    this.because = because;
  }
}

const BECAUSE: ReadonlyMap<string, NotOpened> = new Map([
  ['expired_trigger_id', 'too-late'],
  ['trigger_expired', 'too-late'],
  ['exchanged_trigger_id', 'opened-before'],
  ['trigger_exchanged', 'opened-before'],
]);

/** What is put into a modal that says "One moment…": a form, or why there is none (mrkdwn). */
export type Opened =
  | { readonly kind: 'form'; readonly view: Modal }
  | { readonly kind: 'told'; readonly text: string };

/** A modal that stands, and the mark of what it showed when it was opened, where Slack tells that. */
export type OpenedModal = { readonly id: string; readonly hash: string | undefined };

/** Opens a modal. Throws ModalNotOpened; anything else is no fault of Slack's. */
export async function openModal(
  { viewClient }: Pick<Listening, 'viewClient'>,
  { triggerId, view }: { readonly triggerId: string; readonly view: Modal },
): Promise<OpenedModal | undefined> {
  const opened = await callSlack(() => viewClient.views.open({ trigger_id: triggerId, view })).catch(
    (cause: unknown) => {
      throw cause instanceof SlackUnavailable ? new ModalNotOpened('busy', { cause }) : cause;
    },
  );
  if (!isRefused(opened)) return openedModal(opened.view);
  const cause = new Error(`slack doesn't open a modal: ${opened.error}`);
  const because = BECAUSE.get(opened.error);
  throw because === undefined ? cause : new ModalNotOpened(because, { cause });
}

const openedModal = (
  view: { readonly id?: string; readonly hash?: string } | undefined,
): OpenedModal | undefined => (view?.id === undefined ? undefined : { id: view.id, hash: view.hash });

/**
 * Opens a modal before the trigger runs out, and puts into it what `make` comes to. What breaks is told in it. Whoever
 * closed it meanwhile wants no form any more, but is told why there would have been none.
 */
export async function openBehindLoading(
  { viewClient, looksAt, tell }: Pick<Attending, 'viewClient' | 'looksAt' | 'tell'>,
  { triggerId, title }: { readonly triggerId: string; readonly title: string },
  make: () => Promise<Opened>,
): Promise<void> {
  const modal = await openModal({ viewClient }, { triggerId, view: loadingView(title) });
  if (modal === undefined) return;
  const { id } = modal;
  looksAt({ id, title });
  const made = await make();
  const view = made.kind === 'form' ? made.view : outcomeView({ title, text: made.text });
  const shown = await callSlack(() => viewClient.views.update({ view_id: id, view }));
  if (!isRefused(shown)) return;
  if (made.kind === 'told') return tell(textMessage(made.text));
  if (!CLOSED.includes(shown.error)) throw new Error(`slack doesn't show a form: ${shown.error}`);
}

/** Slack's codes for a modal that isn't there any more. */
const CLOSED = ['not_found', 'view_not_found', 'no_view'];
