import { webApi } from '@slack/bolt';
import { z } from 'zod';

/** Slack said no: its error code, such as channel_not_found, and the scope it wanted where one is missing. */
export type SlackSaidNo = {
  readonly kind: 'no';
  readonly error: string;
  readonly needed: string | undefined;
};
export type SlackAnswered<Answer> = { readonly kind: 'answered'; readonly answer: Answer };

const Details = z.object({ needed: z.string().optional().catch(undefined) });

/** Calls Slack; a refusal is a value. Throws where there was no answer: unreachable, rate limited. */
export async function askSlack<Answer>(
  call: () => Promise<Answer>,
): Promise<SlackAnswered<Answer> | SlackSaidNo> {
  try {
    return { kind: 'answered', answer: await call() };
  } catch (error) {
    if (!(error instanceof webApi.WebAPIPlatformError)) throw error;
    const { needed } = Details.parse(error.data);
    return { kind: 'no', error: error.data.error, needed };
  }
}

/** What Slack's no means for something that was asked, where nothing better is known. */
export const toldNo = ({ error, needed }: SlackSaidNo): string =>
  needed === undefined ? `Slack says ${error}` : `Slack says ${error}: the token needs the scope ${needed}`;
