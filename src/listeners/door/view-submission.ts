import type { SlackViewAction } from '@slack/bolt';
import type { Refusal } from '../../domain/refusal.ts';
import type { Modal } from '../../slack/kit/block-kit.ts';
import { formAgain } from '../../slack/kit/form-again.ts';
import type { ParsedForm } from '../../slack/kit/parsed-form.ts';
import { loadingView, outcomeView } from '../../slack/kit/telling-views.ts';
import { callerOf } from './caller.ts';
import type { Handling, InboundRunner } from './inbound.ts';
import type { Listening } from './listening.ts';
import type { Router } from './router.ts';
import { unreadableForm } from './unreadable-form.ts';

export type RefusedSender = { readonly user: string; readonly refusal: Refusal };

/**
 * Listens to a submitted modal: errors go back into the form at once, as does that it can't be read; otherwise the modal
 * shows that something is being done, and then what `work` says came of it.
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
    const parsed = readForm(form.parse, body.view);
    if (parsed.kind === 'unreadable') {
      const { title } = form;
      const view = unreadableForm(listening, body, { title, cause: parsed.cause });
      return ack({ response_action: 'update', view });
    }
    if (!parsed.form.ok) return ack({ response_action: 'errors', errors: { ...parsed.form.errors } });
    const { values } = parsed.form;
    await ack({ response_action: 'update', view: loadingView(form.title) });
    const show = async (view: Modal): Promise<void> => {
      await listening.viewClient.views.update({ view_id: body.view.id, view });
    };
    const outcome = (text: string): Modal => outcomeView({ title: form.title, text });
    await inbound.handle(
      {
        name: form.callback,
        onceKey: submissionKey(body),
        caller: callerOf(body),
        tell: ({ text }) => show(outcome(text)),
        giveBack: ({ text }) => show(formAgain(body.view, text) ?? outcome(text)),
        record: async (refusal) => form.record?.(values, { user: body.user.id, refusal }),
      },
      async (handling) => show(await work(values, handling)),
    );
  });
}

/** Whatever a parser throws, the person must not be left waiting. */
function readForm<Values>(parse: (view: unknown) => ParsedForm<Values>, view: unknown) {
  try {
    return { kind: 'read', form: parse(view) } as const;
  } catch (cause) {
    return { kind: 'unreadable', cause } as const;
  }
}

const submissionKey = ({ view }: SlackViewAction): string => `${view.id}:${view.hash}`;
