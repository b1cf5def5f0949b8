import { ConfigurationBroken } from '../../domain/problem/configuration-broken.ts';
import type { Log } from '../../engine/ports/log.ts';
import type { Message } from '../../slack/kit/block-kit.ts';
import { brokenConfigurationText } from '../../slack/kit/broken-configuration.ts';
import { textMessage } from '../../slack/kit/message.ts';

type Tell = (message: Message) => Promise<void>;

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
  const isBroken = error instanceof ConfigurationBroken;
  log.error({ error }, isBroken ? 'the configuration is broken' : 'listener broke');
  const text = isBroken ? brokenConfigurationText(error.problems) : sorry(reference);
  const { giveBack, inModal, tell } = places;
  for (const place of [isBroken ? giveBack : undefined, inModal, tell]) {
    if (place === undefined) continue;
    const failed = await place(textMessage(text)).then(() => undefined, asCause);
    if (failed === undefined) return;
    log.error({ error: failed.cause }, 'could not tell the person');
  }
}

const asCause = (cause: unknown): { readonly cause: unknown } => ({ cause });

const sorry = (reference: string): string =>
  `That didn't work: something broke on Walkback's side. See in the thread or by \`/rollback status\` whether it was done all the same, and try again; if it stays, ask whoever runs Walkback to look for \`${reference}\` in its log.`;
