import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { onTestFinished } from 'vitest';

type SlackArguments = Readonly<Record<string, string>>;
/** What Slack answers to a method: its JSON, which may depend on what was asked. */
export type SlackAnswers = Readonly<Record<string, (given: SlackArguments) => object | Promise<object>>>;

/**
 * A Slack on 127.0.0.1 that gives these answers, with the token's scopes in a header as Slack does, for one test.
 * `given.token` is the token that was sent. Returns the address for a client, which ends with a slash.
 */
export async function startAnsweringSlack({
  answers,
  scopes,
}: {
  readonly answers: SlackAnswers;
  /** Left out: like a Slack that doesn't tell. */
  readonly scopes?: readonly string[] | undefined;
}): Promise<string> {
  const server = createServer(async (request, response) => {
    const given = Object.fromEntries(new URLSearchParams(await bodyOf(request)));
    const token = request.headers.authorization?.replace('Bearer ', '') ?? '';
    const answer = answers[request.url?.replace('/api/', '') ?? ''];
    response.setHeader('content-type', 'application/json');
    if (scopes !== undefined) response.setHeader('x-oauth-scopes', scopes.join(','));
    const said = await answer?.({ ...given, token });
    response.end(JSON.stringify(said ?? { ok: false, error: 'unknown_method' }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return `http://127.0.0.1:${port}/api/`;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}
