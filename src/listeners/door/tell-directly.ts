import type { webApi } from '@slack/bolt';
import type { Message } from '../../slack/kit/block-kit.ts';

/** Tells a person by direct message, where there is no message or modal to answer in. */
export const tellDirectly =
  (client: webApi.WebClient, user: string) =>
  async ({ text, blocks }: Message): Promise<void> => {
    await client.chat.postMessage({ channel: user, text, blocks: [...blocks] });
  };
