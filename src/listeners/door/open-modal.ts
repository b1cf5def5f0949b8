import { callSlack, isRefused } from '../../slack/connection/slack-failure.ts';
import type { Modal } from '../../slack/kit/block-kit.ts';
import { textMessage } from '../../slack/kit/message.ts';
import { loadingView, outcomeView } from '../../slack/kit/telling-views.ts';
import type { Attending, Listening } from './listening.ts';

/** Slack didn't open a modal: nothing was done. Its three seconds were over, or it was busy. */
export class ModalNotOpened extends Error {}

/** What is put into a modal that says "One moment…": a form, or why there is none (mrkdwn). */
export type Opened =
  | { readonly kind: 'form'; readonly view: Modal }
  | { readonly kind: 'told'; readonly text: string };

/** Opens a modal, and returns its id. Throws ModalNotOpened. */
export async function openModal(
  { viewClient }: Pick<Listening, 'viewClient'>,
  { triggerId, view }: { readonly triggerId: string; readonly view: Modal },
): Promise<string | undefined> {
  try {
    const opened = await callSlack(() => viewClient.views.open({ trigger_id: triggerId, view }));
    if (!isRefused(opened)) return opened.view?.id;
    throw new Error(`slack answers ${opened.error}`);
  } catch (cause) {
    throw new ModalNotOpened('slack did not open a modal', { cause });
  }
}

/**
 * Opens a modal before the trigger runs out, and puts into it what `make` comes to. What breaks is told in it. Whoever
 * closed it meanwhile wants no form any more, but is told why there would have been none.
 */
export async function openBehindLoading(
  { viewClient, looksAt, tell }: Pick<Attending, 'viewClient' | 'looksAt' | 'tell'>,
  { triggerId, title }: { readonly triggerId: string; readonly title: string },
  make: () => Promise<Opened>,
): Promise<void> {
  const id = await openModal({ viewClient }, { triggerId, view: loadingView(title) });
  if (id === undefined) return;
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
