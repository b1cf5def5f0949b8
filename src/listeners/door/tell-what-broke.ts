import { ConfigurationBroken } from '../../domain/problem/configuration-broken.ts';
import type { Log } from '../../engine/ports/log.ts';
import { brokenConfigurationText } from '../../slack/kit/broken-configuration.ts';
import { textMessage } from '../../slack/kit/message.ts';
import { ModalNotOpened } from './open-modal.ts';
import type { Tell } from './tell-at.ts';

/** Where a person can be told, the best place first. */
export type Places = {
  /** Above what they sent, so that they can send it again. */
  readonly giveBack: Tell | undefined;
  /** In the modal that they look at. */
  readonly inModal: Tell | undefined;
  readonly tell: Tell;
};

/**
 * Tells a person that their request came to nothing: broken files with what is wrong in them, anything else with the
 * reference under which the log has the cause. Where one place can't be reached, in the next.
 */
export async function tellWhatBroke(
  error: unknown,
  { places, reference, log }: { readonly places: Places; readonly reference: string; readonly log: Log },
): Promise<void> {
  const { said, text } = whatBroke(error, reference);
  log.error({ error }, said);
  const { giveBack, inModal, tell } = places;
  for (const place of [giveBack, inModal, tell]) {
    if (place === undefined) continue;
    const failed = await place(textMessage(text)).then(() => undefined, asCause);
    if (failed === undefined) return;
    log.error({ error: failed.cause }, 'could not tell the person');
  }
}

/** For the log, and for the person. */
function whatBroke(error: unknown, reference: string): { readonly said: string; readonly text: string } {
  if (error instanceof ConfigurationBroken)
    return { said: 'the configuration is broken', text: brokenConfigurationText(error.problems) };
  if (error instanceof ModalNotOpened)
    return { said: 'a modal was not opened', text: `${whyNotOpened(error)} ${AGAIN[error.because]}` };
  return { said: 'listener broke', text: sorry(reference) };
}

/** What a person is told, before what they can do. */
export const whyNotOpened = ({ because }: ModalNotOpened): string => WHY[because];

const WHY: Readonly<Record<ModalNotOpened['because'], string>> = {
  'too-late': 'Slack gives Walkback three seconds to open a form, and they were over.',
  'opened-before': 'Slack says that this has opened a form already.',
  busy: 'Slack could not be reached just now, so no form was opened.',
};

const PRESS_AGAIN = 'Nothing was done: press the button once more, or type the command again.';
const AGAIN: Readonly<Record<ModalNotOpened['because'], string>> = {
  'too-late': PRESS_AGAIN,
  'opened-before': "If you don't see it: press the button once more, or type the command again.",
  busy: PRESS_AGAIN,
};

const asCause = (cause: unknown): { readonly cause: unknown } => ({ cause });

const sorry = (reference: string): string =>
  `That didn't work: something broke on Walkback's side. See in the thread or by \`/rollback status\` whether it was done all the same, and try again; if it stays, ask whoever runs Walkback to look for \`${reference}\` in its log.`;
