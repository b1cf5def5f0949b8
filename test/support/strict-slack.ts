import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { validateHome, validateMessage, validateView } from './slack-rules.ts';

/** What goes wrong with the next call of a method. */
type Fault = { readonly method: string } & (
  | { readonly kind: 'rate-limited'; readonly retryAfterSeconds: number }
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'refused'; readonly error: string }
  /** Done, but the connection breaks before the answer. */
  | { readonly kind: 'lost-answer' }
  /** The connection breaks before anything is done. */
  | { readonly kind: 'no-connection' }
);

type Call = { readonly method: string; readonly arguments: Readonly<Record<string, string>> };

const Stored = z.object({
  ts: z.string(),
  channel: z.string(),
  thread_ts: z.string().optional(),
  text: z.string(),
  blocks: z.array(z.looseObject({ type: z.string(), block_id: z.string().optional() })).optional(),
  metadata: z.unknown().optional(),
  files: z.array(z.object({ id: z.string(), name: z.string() })).optional(),
});
type StoredMessage = z.infer<typeof Stored>;

export type StrictSlack = {
  /** Ends with a slash, as the client wants it. */
  readonly apiUrl: string;
  /** Calls in the order they came, whatever became of them. */
  readonly calls: readonly Call[];
  /** What people see: the messages that are there now. */
  readonly messages: () => readonly StoredMessage[];
  readonly inject: (fault: Fault) => void;
  readonly deleteMessage: (ts: string) => void;
  readonly stop: () => Promise<void>;
};

/**
 * A Slack that is as strict as the real one where local-slack isn't: documented limits, rates, outages, lost answers.
 * With `upstream` (a base URL such as http://127.0.0.1:3000/api/) it checks and breaks, and local-slack answers;
 * without, it keeps the messages itself, and their metadata unless `keepsMetadata` is false.
 */
export async function startStrictSlack({
  channels = ['C0INCIDENTS'],
  keepsMetadata = true,
  upstream,
}: {
  readonly channels?: readonly string[];
  readonly keepsMetadata?: boolean;
  readonly upstream?: string;
} = {}): Promise<StrictSlack> {
  const calls: Call[] = [];
  const faults: Fault[] = [];
  const memory = createMemory({ channels, keepsMetadata });

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(request);
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    if (path.startsWith('/upload/')) return send(response, {});
    const method = path.replace('/api/', '');
    const given = Object.fromEntries(new URLSearchParams(body));
    calls.push({ method, arguments: given });
    const fault = takeFault(faults, method);
    if (fault?.kind === 'no-connection') return void request.socket.destroy();
    if (fault?.kind === 'rate-limited')
      return send(response, { ok: false, error: 'ratelimited' }, 429, {
        'retry-after': String(fault.retryAfterSeconds),
      });
    if (fault?.kind === 'status') return send(response, {}, fault.status);
    if (fault?.kind === 'refused') return send(response, { ok: false, error: fault.error });
    const error = refusedFor(method, given);
    if (error !== undefined) return send(response, { ok: false, error });
    const base = `http://${request.headers.host}`;
    const result =
      upstream === undefined
        ? memory.answer(method, given, base)
        : await forward(`${upstream}${method}`, request, body);
    if (fault?.kind === 'lost-answer') return void request.socket.destroy();
    send(response, result);
  };

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.destroy(asError(error)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    apiUrl: `http://127.0.0.1:${portOf(server.address())}/api/`,
    calls,
    messages: memory.messages,
    inject: (fault) => faults.push(fault),
    deleteMessage: memory.remove,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function refusedFor(method: string, given: Readonly<Record<string, string>>): string | undefined {
  if (method === 'chat.postMessage' || method === 'chat.update') {
    const { text = '', blocks } = given;
    if (text === '') return 'no_text';
    if (text.length > (method === 'chat.update' ? 4_000 : 40_000)) return 'msg_too_long';
    const problems = validateMessage({ text, blocks: parseJson(blocks) ?? [] });
    return problems.length > 0 ? 'invalid_blocks' : undefined;
  }
  if (method.startsWith('views.')) {
    const validate = method === 'views.publish' ? validateHome : validateView;
    return validate(parseJson(given['view'])).length > 0 ? 'invalid_arguments' : undefined;
  }
  return undefined;
}

function createMemory({
  channels,
  keepsMetadata,
}: {
  readonly channels: readonly string[];
  readonly keepsMetadata: boolean;
}) {
  const messages: StoredMessage[] = [];
  const uploads = new Map<string, string>();
  let clock = Math.floor(Date.now() / 1_000);

  const add = (given: Record<string, string | undefined>, more: object): StoredMessage => {
    clock += 1;
    const stored = Stored.parse({
      text: '',
      ...given,
      ts: `${clock}.000100`,
      blocks: parseJson(given['blocks']),
      metadata: keepsMetadata ? parseJson(given['metadata']) : undefined,
      ...more,
    });
    messages.push(stored);
    return stored;
  };
  const newestFirst = (channel: string | undefined) =>
    messages.filter((message) => message.channel === channel && message.thread_ts === undefined).toReversed();
  const thread = (ts: string | undefined) =>
    messages.filter((message) => message.ts === ts || message.thread_ts === ts);

  const methods: Record<string, (given: Record<string, string>, base: string) => object> = {
    'chat.postMessage': (given) => ({ ok: true, ts: add(given, {}).ts, channel: given['channel'] }),
    'chat.update': (given) => {
      const index = messages.findIndex(({ ts }) => ts === given['ts']);
      const old = messages[index];
      if (old === undefined) return { ok: false, error: 'message_not_found' };
      messages[index] = Stored.parse({ ...old, text: given['text'], blocks: parseJson(given['blocks']) });
      return { ok: true, ts: old.ts };
    },
    'conversations.history': (given) => page(newestFirst(given['channel']), given),
    'conversations.replies': (given) => page(thread(given['ts']), given),
    'files.getUploadURLExternal': (given, base) => {
      const id = `F${uploads.size + 1}`;
      uploads.set(id, given['filename'] ?? '');
      return { ok: true, file_id: id, upload_url: `${base}/upload/${id}` };
    },
    'files.completeUploadExternal': (given) => {
      const files = z.array(z.object({ id: z.string() })).parse(parseJson(given['files']));
      const named = files.map(({ id }) => ({ id, name: uploads.get(id) ?? '' }));
      add({ channel: given['channel_id'], thread_ts: given['thread_ts'] }, { files: named });
      return { ok: true, files: named };
    },
    'views.open': () => ({ ok: true, view: { id: 'V1' } }),
    'views.update': () => ({ ok: true, view: { id: 'V1' } }),
  };

  return {
    messages: () => messages,
    remove: (ts: string) =>
      void messages.splice(
        messages.findIndex((message) => message.ts === ts),
        1,
      ),
    answer: (method: string, given: Record<string, string>, base: string): object => {
      const channel = given['channel'] ?? given['channel_id'];
      if (channel !== undefined && !channels.includes(channel))
        return { ok: false, error: 'channel_not_found' };
      return methods[method]?.(given, base) ?? { ok: false, error: 'unknown_method' };
    },
  };
}

/** Pages are small, so that whoever searches has to follow the cursor. */
function page(messages: readonly StoredMessage[], { cursor = '0' }: Record<string, string>): object {
  const size = 2;
  const next = Number(cursor) + size;
  return {
    ok: true,
    messages: messages.slice(Number(cursor), next),
    response_metadata: { next_cursor: next < messages.length ? String(next) : '' },
  };
}

function takeFault(faults: Fault[], method: string): Fault | undefined {
  const index = faults.findIndex((fault) => fault.method === method);
  return index < 0 ? undefined : faults.splice(index, 1)[0];
}

async function forward(url: string, request: IncomingMessage, body: string): Promise<unknown> {
  const { authorization = '', 'content-type': type = '' } = request.headers;
  const answer = await fetch(url, { method: 'POST', body, headers: { authorization, 'content-type': type } });
  return answer.json();
}

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(Buffer.from(part));
  return Buffer.concat(parts).toString();
}

function send(
  response: ServerResponse,
  body: unknown,
  status = 200,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

const parseJson = (text: string | undefined): unknown => (text === undefined ? undefined : JSON.parse(text));
const portOf = (address: string | AddressInfo | null): number =>
  address !== null && typeof address === 'object' ? address.port : 0;
const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));
