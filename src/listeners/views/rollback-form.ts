import type { App } from '@slack/bolt';
import { requestRollback } from '../../engine/request-rollback.ts';
import { VIEW } from '../../slack/ids.ts';
import { parseRollbackForm } from '../../slack/modals/parse-rollback-form.ts';
import { outcomeView } from '../../slack/modals/telling-views.ts';
import { refusalText } from '../../slack/refusal-text.ts';
import type { InboundRunner } from '../inbound.ts';
import type { Listening } from '../listening.ts';
import { formView } from '../open-rollback-form.ts';
import { listenToView } from '../view-submission.ts';

const TITLE = 'Roll back';

/** The rollback form was sent: ask for the rollback. A refusal stands above the form, with everything typed kept. */
export function listenToRollbackForm(app: App, listening: Listening, inbound: InboundRunner): void {
  const form = { callback: VIEW.rollbackForm, title: TITLE, parse: parseRollbackForm };
  listenToView(app, listening, inbound, form, async (values, { person, log }) => {
    const { origin } = values;
    const thread = origin.threadTs === undefined ? null : { channel: origin.channel, ts: origin.threadTs };
    const answer = await requestRollback(listening, { ...values, person, thread });
    if (answer.kind === 'refused') {
      log.info({ refusal: answer.refusal.reason }, 'rollback refused');
      const notice = `:warning: ${refusalText(answer.refusal)}`;
      return formView(listening, { service: values.service, origin, prefill: values, notice });
    }
    const { incidents } = (await listening.catalog.team()).channels;
    const where = thread === null ? `in <#${incidents}>` : 'in the thread you came from';
    return outcomeView({
      title: TITLE,
      text: `*${answer.run.id}* waits for approval ${where}. Nothing runs before that.`,
    });
  });
}
