import type { SlackViewAction } from '@slack/bolt';
import type { Refusal } from '../../domain/refusal.ts';
import type { Modal } from '../../slack/kit/block-kit.ts';
import type { ParsedForm } from '../../slack/kit/parsed-form.ts';
import { loadingView, outcomeView } from '../../slack/kit/telling-views.ts';
import type { Handling, InboundRunner } from './inbound.ts';
import type { Listening } from './listening.ts';
import type { Router } from './router.ts';

export type RefusedSender = { readonly user: string; readonly refusal: Refusal };

/**
 * Listens to a submitted modal: errors go back into the form at once; otherwise the modal shows that something is
 * being done, and then what `work` says came of it.
 */
export function listenToView<Values>(
  router: Router,
  listening: Listening,
  inbound: InboundRunner,
  form: {
    readonly callback: string;
    readonly title: string;
    readonly parse: (view: unknown) => ParsedForm<Values>;
    /** Keeps that it was refused for who sent it, before anything else was looked at. */
    readonly record?: (values: Values, refused: RefusedSender) => Promise<void>;
  },
  work: (values: Values, handling: Handling) => Promise<Modal>,
): void {
  router.onSubmission(form.callback, async ({ ack, body }) => {
    const parsed = form.parse(body.view);
    if (!parsed.ok) return ack({ response_action: 'errors', errors: { ...parsed.errors } });
    await ack({ response_action: 'update', view: loadingView(form.title) });
    const show = async (view: Modal): Promise<void> => {
      await listening.viewClient.views.update({ view_id: body.view.id, view });
    };
    await inbound.handle(
      {
        name: form.callback,
        onceKey: submissionKey(body),
        caller: { user: body.user.id, team: body.user.team_id ?? body.team?.id },
        tell: ({ text }) => show(outcomeView({ title: form.title, text })),
        record: async (refusal) => form.record?.(parsed.values, { user: body.user.id, refusal }),
      },
      async (handling) => show(await work(parsed.values, handling)),
    );
  });
}

const submissionKey = ({ view }: SlackViewAction): string => `${view.id}:${view.hash}`;
