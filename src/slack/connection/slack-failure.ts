import { webApi } from '@slack/bolt';
import { SlackUnavailable } from '../../engine/ports/slack-unavailable.ts';

const OUTAGE_MS = 5_000;
/** With a refused token no message gets through until somebody mends it: wait rather than lose them all. */
const REFUSED_TOKEN_MS = 60_000;

const REFUSED_TOKEN = ['invalid_auth', 'not_authed', 'account_inactive', 'token_revoked', 'token_expired'];
const TRANSIENT = [
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'ratelimited',
  'rate_limited',
  'team_added_to_org',
];
const TOO_LARGE = 413;

/** How a Web API call can fail for good: Slack's error code, such as channel_not_found. */
export type Refused = { readonly error: string };

/**
 * Slack's answer to a call, or its error code where repeating the call is no use.
 * Throws SlackUnavailable where it is, and anything that is no failure of Slack's as it is.
 */
export async function callSlack<Answer>(call: () => Promise<Answer>): Promise<Answer | Refused> {
  try {
    return await call();
  } catch (error) {
    return refusalOf(error);
  }
}

export const isRefused = (answer: unknown): answer is Refused =>
  typeof answer === 'object' && answer !== null && !('ok' in answer) && 'error' in answer;

function refusalOf(error: unknown): Refused {
  if (error instanceof webApi.WebAPIRateLimitedError) {
    throw new SlackUnavailable('rate limited', error.retryAfter * 1_000, { cause: error });
  }
  if (error instanceof webApi.WebAPIPlatformError) return refusalOfCode(error.data.error, error);
  if (error instanceof webApi.WebAPIHTTPError) {
    if (error.statusCode === TOO_LARGE) return { error: 'too_large' };
    throw new SlackUnavailable(`answers with status ${error.statusCode}`, OUTAGE_MS, { cause: error });
  }
  if (error instanceof webApi.WebAPIRequestError) {
    throw new SlackUnavailable(error.original.message, OUTAGE_MS, { cause: error });
  }
  if (error instanceof Error && error.message.startsWith('Retry header did not contain')) {
    throw new SlackUnavailable('rate limited', OUTAGE_MS, { cause: error });
  }
  throw error;
}

function refusalOfCode(code: string, cause: Error): Refused {
  if (REFUSED_TOKEN.includes(code)) {
    throw new SlackUnavailable(`token refused: ${code}`, REFUSED_TOKEN_MS, { cause });
  }
  // An answer that is no JSON, such as a proxy's error page, arrives as the "code".
  if (TRANSIENT.includes(code) || !/^[a-z0-9_.]+$/.test(code)) {
    throw new SlackUnavailable(`answers ${code.slice(0, 60)}`, OUTAGE_MS, { cause });
  }
  return { error: code };
}
