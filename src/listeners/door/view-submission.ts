import type { SlackViewAction } from '@slack/bolt';
import type { Refusal } from '../../domain/refusal.ts';
import type { Message } from '../../slack/kit/block-kit.ts';
import type { ParsedForm } from '../../slack/kit/parsed-form.ts';
import { answerSubmission, type FormOutcome } from './answer-submission.ts';
import { callerOf } from './caller.ts';
import type { Handling, InboundRunner } from './inbound.ts';
import type { Listening } from './listening.ts';
import type { Router } from './router.ts';
import { unreadableForm } from './unreadable-form.ts';

export type RefusedSender = { readonly user: string; readonly refusal: Refusal };

/**
 * Listens to a submitted modal: errors go back into the form at once, as does that it can't be read, and with
 * what was typed whatever `work` refuses or breaks at; a form that is done closes.
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
  work: (values: Values, handling: Handling) => Promise<FormOutcome>,
): void {
  router.onSubmission(form.callback, async ({ ack, body }) => {
    const parsed = readForm(form.parse, body.view);
    if (parsed.kind === 'unreadable') {
      const { title } = form;
      const view = unreadableForm(listening, body, { title, cause: parsed.cause });
      return ack({ response_action: 'update', view });
    }
    if (!parsed.form.ok && !hasBlocks(body.view, Object.keys(parsed.form.errors))) {
      const cause = `nothing to complain at: ${Object.keys(parsed.form.errors).join(', ')}`;
      const view = unreadableForm(listening, body, { title: form.title, cause });
      return ack({ response_action: 'update', view });
    }
    if (!parsed.form.ok) return ack({ response_action: 'errors', errors: { ...parsed.form.errors } });
    const { values } = parsed.form;
    const answer = answerSubmission(listening, { ack, body, title: form.title });
    const giveBack = ({ text }: Message): Promise<void> => answer.show({ kind: 'refused', text });
    await inbound.handle(
      {
        name: form.callback,
        onceKey: submissionKey(body),
        caller: callerOf(body),
        ...{ tell: giveBack, giveBack, again: answer.again },
        record: async (refusal) => form.record?.(values, { user: body.user.id, refusal }),
      },
      async (handling) => answer.show(await work(values, handling)),
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

/** Slack takes an error only for a block that the form has: one of another version may lack it. */
const hasBlocks = ({ blocks }: SlackViewAction['view'], wanted: readonly string[]): boolean =>
  wanted.every((id) => blocks.some(({ block_id }) => block_id === id));

const submissionKey = ({ view }: SlackViewAction): string => `${view.id}:${view.hash}`;
