import { callSlack, isRefused } from '../../slack/connection/slack-failure.ts';
import type { Modal } from '../../slack/kit/block-kit.ts';
import { formAgain } from '../../slack/kit/form-again.ts';
import { ACTION, VIEW } from '../../slack/kit/ids.ts';
import { readSoFar } from '../../slack/run/forms/parse-rollback.ts';
import { callerOf } from '../door/caller.ts';
import type { InboundRunner } from '../door/inbound.ts';
import type { Listening } from '../door/listening.ts';
import type { Router } from '../door/router.ts';
import type { Tell } from '../door/tell-at.ts';
import { formView } from './open-rollback-form.ts';

/** Something was chosen in the rollback form: what stands above follows it, and what was filled in stays. */
export function listenToRollbackChoices(router: Router, listening: Listening, inbound: InboundRunner): void {
  const replaceView = viewReplacing(listening);
  router.onButton(ACTION.value, async ({ body }) => {
    const { view } = body;
    const soFar = view?.callback_id === VIEW.rollbackForm ? soFarIn(view) : undefined;
    if (view === undefined || soFar === undefined) return;
    const show = async (next: Modal | undefined): Promise<void> => {
      if (next !== undefined) await replaceView(view, next);
    };
    const tell: Tell = ({ text }) => show(formAgain(view, text));
    const press = { name: 'rollback-choice', onceKey: body.trigger_id, caller: callerOf(body), tell };
    await inbound.handle(press, async ({ listening: attending }) => {
      const { service, origin, environment, playbook, target, ...filledIn } = soFar;
      const chosen = {
        environment: environment || undefined,
        playbook: playbook || undefined,
        target: target || undefined,
      };
      const made = await formView(attending, { service, origin, prefill: { ...filledIn, ...chosen } });
      await show(made.kind === 'form' ? made.view : formAgain(view, `:warning: ${made.text}`));
    });
  });
}

/**
 * Replaces what was looked at, or what came of the choice before this one; where the form was closed, or sent and
 * answered meanwhile, nothing: an answer must not disappear.
 */
function viewReplacing({ viewClient }: Pick<Listening, 'viewClient'>) {
  const shownLast = new Map<string, string>();
  return async ({ id, hash }: { readonly id: string; readonly hash: string }, next: Modal): Promise<void> => {
    const replace = (seen: string) =>
      callSlack(() => viewClient.views.update({ view_id: id, hash: seen, view: next }));
    const first = await replace(hash);
    const ours = shownLast.get(id);
    const isOurs = isRefused(first) && first.error === 'hash_conflict' && ours !== undefined;
    const shown = isOurs ? await replace(ours) : first;
    shownLast.delete(id);
    if (!isRefused(shown) && shown.view?.hash !== undefined) shownLast.set(id, shown.view.hash);
    for (const oldest of [...shownLast.keys()].slice(0, -REMEMBERED)) shownLast.delete(oldest);
  };
}

const REMEMBERED = 100;

/** One of another version may say something else: that is told when it is sent. */
function soFarIn(view: unknown): ReturnType<typeof readSoFar> | undefined {
  try {
    return readSoFar(view);
  } catch {
    return undefined;
  }
}
