import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { afterEach, expect, it } from 'vitest';
import { createSlackFetch } from '../../../../src/slack/connection/slack-fetch.ts';

const servers: ReturnType<typeof createServer>[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.closeAllConnections();
});

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' ? `http://127.0.0.1:${address?.port}/api/test` : '';
}

it('sends method, headers and body, and gives back status, headers and text', async () => {
  const url = await serve(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    response.writeHead(429, { 'retry-after': '7' });
    response.end(`${request.method} ${request.headers['x-of-ours']} ${body}`);
  });
  const answer = await createSlackFetch(5_000)(url, {
    method: 'POST',
    headers: { 'x-of-ours': 'yes' },
    body: 'text=gr%C3%BCn',
  });
  expect(answer.ok).toBe(false);
  expect(answer.status).toBe(429);
  expect(answer.headers.get('Retry-After')).toBe('7');
  expect(await answer.text()).toBe('POST yes text=gr%C3%BCn');
});

it('rejects when there is no whole answer in time', async () => {
  const url = await serve((_, response) => {
    response.write('{"ok":');
  });
  await expect(createSlackFetch(50)(url)).rejects.toThrow(/no answer from .* within 50 ms|aborted/);
});

it('rejects when nobody listens', async () => {
  const url = await serve(() => undefined);
  servers[0]?.close();
  await expect(createSlackFetch(1_000)(url)).rejects.toThrow('ECONNREFUSED');
});

it('sends a file as a form of several parts', async () => {
  const url = await serve(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    response.end(`${request.headers['content-type']?.split(';')[0]} ${body.includes('the log')}`);
  });
  const form = new FormData();
  form.append('file', new Blob(['the log']), 'log.txt');
  const answer = await createSlackFetch(5_000)(url, { method: 'POST', body: form });
  expect(await answer.text()).toBe('multipart/form-data true');
});
