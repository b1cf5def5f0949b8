import { type ClientRequest, Agent as PlainAgent, request as plainRequest } from 'node:http';
import { Agent as TlsAgent, request as tlsRequest } from 'node:https';
import type { webApi } from '@slack/bolt';

/** Shorter than servers keep an idle connection, so that none is closed on us while we write to it. */
const KEEP_IDLE_MS = 4_000;

type Answer = Awaited<ReturnType<webApi.FetchFunction>>;
type Options = {
  readonly method: string;
  readonly headers: Readonly<Record<string, string | number>>;
};

/**
 * What Slack is called with: like the global fetch, rejecting without a whole answer after `timeoutMs`. The global
 * one holds on to every answer until a full garbage collection; the collector's pauses, under load, are what
 * people wait for until their command is acknowledged. Forms of several parts (files) still go that way.
 */
export function createSlackFetch(timeoutMs: number): webApi.FetchFunction {
  const agentOptions = { keepAlive: true, timeout: KEEP_IDLE_MS };
  const plain = new PlainAgent(agentOptions);
  const tls = new TlsAgent(agentOptions);
  const open = (to: URL, options: Options): ClientRequest =>
    to.protocol === 'http:'
      ? plainRequest(to, { ...options, agent: plain })
      : tlsRequest(to, { ...options, agent: tls });
  return (url, { method = 'GET', headers = {}, body = '' } = {}) => {
    if (typeof body !== 'string') {
      return fetch(url, { method, headers, body, redirect: 'error', signal: AbortSignal.timeout(timeoutMs) });
    }
    const to = new URL(url);
    const request = open(to, { method, headers: { ...headers, 'content-length': Buffer.byteLength(body) } });
    return answerTo(request, { to, body, timeoutMs });
  };
}

async function answerTo(
  request: ClientRequest,
  { to, body, timeoutMs }: { readonly to: URL; readonly body: string; readonly timeoutMs: number },
): Promise<Answer> {
  const late = new Error(`no answer from ${to.host} within ${timeoutMs} ms`);
  const deadline = setTimeout(() => request.destroy(late), timeoutMs);
  try {
    return await new Promise((resolve, reject) => {
      request.on('error', reject);
      request.on('response', (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', reject);
        response.on('end', () => {
          const { statusCode: status = 0, statusMessage: statusText = '', headers } = response;
          resolve(answer({ url: to.href, status, statusText, headers, content: Buffer.concat(parts) }));
        });
      });
      request.end(body);
    });
  } finally {
    clearTimeout(deadline);
  }
}

function answer({
  url,
  status,
  statusText,
  headers,
  content,
}: {
  readonly url: string;
  readonly status: number;
  readonly statusText: string;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly content: Buffer;
}): Answer {
  const text = (name: string): string | null => headers[name.toLowerCase()]?.toString() ?? null;
  return {
    url,
    status,
    statusText,
    ok: status >= 200 && status < 300,
    headers: { get: text, entries: () => Object.keys(headers).map((name) => [name, text(name) ?? '']) },
    text: async () => content.toString('utf8'),
    json: async () => JSON.parse(content.toString('utf8')),
    arrayBuffer: async () => new Uint8Array(content).buffer,
  };
}
