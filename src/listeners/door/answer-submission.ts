import type { SlackViewAction, SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import { callSlack, isRefused } from '../../slack/connection/slack-failure.ts';
import type { Modal } from '../../slack/kit/block-kit.ts';
import { formAgain } from '../../slack/kit/form-again.ts';
import { textMessage } from '../../slack/kit/message.ts';
import { loadingView, outcomeView } from '../../slack/kit/telling-views.ts';
import type { Listening } from './listening.ts';
import { type AskedAt, tellAt } from './tell-at.ts';

/** What came of a form that was sent; `text` in mrkdwn. */
export type FormOutcome =
  /**
   * The channel shows it, so the form closes. The text is for whoever had to wait and looks at a modal still; and for
   * whoever asked at a place that doesn't show it, if `asked` names one.
   */
  | { readonly kind: 'done'; readonly text: string; readonly asked?: AskedAt }
  /** It stands again, with all that was typed, under why it came to nothing. */
  | { readonly kind: 'refused'; readonly text: string }
  | { readonly kind: 'next'; readonly view: Modal };

type Acknowledge = SlackViewMiddlewareArgs<ViewSubmitAction>['ack'];
type Acknowledgement = NonNullable<Parameters<Acknowledge>[0]>;

export type SubmissionAnswer = {
  readonly show: (outcome: FormOutcome) => Promise<void>;
  /** The same form came a second time: whoever got it first answers it, unless that got lost. */
  readonly again: () => Promise<void>;
};

/** Slack waits for three seconds; a decision rarely takes a tenth of one, looking into git may take longer. */
const PATIENCE_MS = 1_500;

/**
 * Answers a submission by its acknowledgement where what came of it is known soon: only that closes a form. After
 * `patienceMs` the modal says "One moment…" and is updated; whoever closed that is told of a refusal by themselves.
 */
export function answerSubmission(
  listening: Pick<Listening, 'viewClient' | 'client' | 'patienceMs'>,
  { ack, body, title }: { readonly ack: Acknowledge; readonly body: SlackViewAction; readonly title: string },
): SubmissionAnswer {
  const { viewClient, patienceMs = PATIENCE_MS } = listening;
  const telling = (text: string): Modal => outcomeView({ title, text });
  let meanwhile = loadingView(title);
  let acknowledged: Promise<void> | undefined;
  const acknowledge = (response?: Acknowledgement): Promise<void> => {
    clearTimeout(waiting);
    acknowledged = response === undefined ? ack() : ack(response);
    return acknowledged;
  };
  const waiting = setTimeout(() => {
    // Where it fails, so does whoever waits for it below.
    acknowledge({ response_action: 'update', view: meanwhile }).catch(() => undefined);
  }, patienceMs);
  const update = async (view: Modal): Promise<boolean> =>
    !isRefused(await callSlack(() => viewClient.views.update({ view_id: body.view.id, view })));

  return {
    show: async (outcome) => {
      const view = viewOf(outcome, body.view) ?? telling(textOf(outcome));
      if (acknowledged === undefined) {
        if (outcome.kind !== 'done') return acknowledge({ response_action: 'update', view });
        await acknowledge();
        return outcome.asked && tellAt(listening, body.user.id, outcome.asked)(textMessage(outcome.text));
      }
      await acknowledged.catch(() => undefined);
      if (await update(view)) return;
      // The modal was closed meanwhile, or Slack doesn't take the form again.
      if (outcome.kind === 'done' && outcome.asked !== undefined)
        return tellAt(listening, body.user.id, outcome.asked)(textMessage(outcome.text));
      if (outcome.kind !== 'refused') return;
      if (await update(telling(outcome.text))) return;
      await tellAt(listening, body.user.id, {})(textMessage(outcome.text));
    },
    again: async () => {
      meanwhile = telling('That was sent already. What came of it stands in the channel.');
    },
  };
}

const textOf = (outcome: FormOutcome): string => (outcome.kind === 'next' ? '' : outcome.text);

const viewOf = (outcome: FormOutcome, sent: unknown): Modal | undefined => {
  if (outcome.kind === 'next') return outcome.view;
  return outcome.kind === 'refused' ? formAgain(sent, outcome.text) : undefined;
};
