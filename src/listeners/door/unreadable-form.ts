import type { SlackViewAction } from '@slack/bolt';
import type { Modal } from '../../slack/kit/block-kit.ts';
import { formAgain } from '../../slack/kit/form-again.ts';
import { outcomeView } from '../../slack/kit/telling-views.ts';
import type { Listening } from './listening.ts';
import { referencedLog } from './referenced-log.ts';

/**
 * What a modal shows when what was sent from it can't be read, or nobody here knows such a form: why, what to do, and
 * the reference under which the log has the cause. What was typed stays below it, where it can be made out.
 */
export function unreadableForm(
  listening: Pick<Listening, 'log'>,
  { view, user }: SlackViewAction,
  { title, cause }: { readonly title: string; readonly cause: unknown },
): Modal {
  const { reference, log } = referencedLog(listening.log, { listener: view.callback_id, user: user.id });
  log.warn({ error: cause }, 'a form could not be read');
  const text = `:warning: That form is from another version of Walkback, or couldn't be read, so nothing was done. Copy what you typed, and open it again by its button or its command. If that doesn't help, ask whoever runs Walkback to look for \`${reference}\` in its log.`;
  return formAgain(view, text) ?? outcomeView({ title, text });
}
