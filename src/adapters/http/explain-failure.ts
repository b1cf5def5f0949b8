import { formatDuration } from '../../domain/duration.ts';

type Circumstances = {
  readonly url: string;
  readonly withinMs: number;
  readonly signal: AbortSignal;
  readonly limit: AbortSignal;
};

/** Why a probe got no answer, in a few words for a person. */
export function explainFailure(error: unknown, { url, withinMs, signal, limit }: Circumstances): string {
  if (signal.aborted) return 'cancelled';
  if (limit.aborted) return `no answer within ${formatDuration(withinMs)}`;
  if (!URL.canParse(url)) return 'not a valid URL';
  const { host, hostname, username } = new URL(url);
  if (username !== '') return 'a URL with a user name or password in it is not supported';
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  switch (codeOf(cause)) {
    case 'ECONNREFUSED':
      return `connection refused (${host})`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `host not found (${hostname})`;
    case 'ECONNRESET':
    case 'UND_ERR_SOCKET':
      return `connection closed before the answer was complete (${host})`;
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return `host not reachable (${host})`;
    default:
      return cause instanceof Error && cause.message !== ''
        ? `${cause.message} (${host})`
        : `no answer (${host})`;
  }
}

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
