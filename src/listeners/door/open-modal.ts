import type { Modal } from '../../slack/kit/block-kit.ts';
import { loadingView } from '../../slack/kit/telling-views.ts';
import type { Attending } from './listening.ts';

/** Opens a modal before the trigger runs out, and puts into it what `make` comes to. What breaks is told in it. */
export async function openBehindLoading(
  { viewClient, looksAt }: Pick<Attending, 'viewClient' | 'looksAt'>,
  { triggerId, title }: { readonly triggerId: string; readonly title: string },
  make: () => Promise<Modal>,
): Promise<void> {
  const opened = await viewClient.views.open({ trigger_id: triggerId, view: loadingView(title) });
  const id = opened.view?.id;
  if (id === undefined) return;
  looksAt({ id, title });
  await viewClient.views.update({ view_id: id, view: await make() });
}
