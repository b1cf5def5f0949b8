import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createHttpProbe } from '../../../../src/adapters/http/http-probe.ts';

const probe = createHttpProbe();
let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function serve(listener: RequestListener): Promise<string> {
  server = createServer(listener);
  return listen(server);
}

async function listen(listening: ReturnType<typeof createTcpServer>): Promise<string> {
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const { port } = listening.address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
}

const get = (url: string, { withinMs = 5_000, signal = new AbortController().signal } = {}) =>
  probe.get({ url, withinMs, signal });

describe('the HTTP probe', () => {
  it('answers with status, body and time', async () => {
    const url = await serve((_, response) => response.writeHead(503).end('sorry'));
    expect(await get(`${url}/health`)).toEqual({
      kind: 'answered',
      status: 503,
      body: 'sorry',
      elapsedMs: expect.any(Number),
    });
  });

  it('opens a new connection for each probe', async () => {
    const ports = new Set<number | undefined>();
    const url = await serve((request, response) => {
      ports.add(request.socket.remotePort);
      response.end(request.headers.connection);
    });
    expect(await get(url)).toMatchObject({ body: 'close' });
    await get(url);
    expect(ports.size).toBe(2);
  });

  it('does not follow redirects', async () => {
    const url = await serve((_, response) => response.writeHead(302, { location: '/elsewhere' }).end());
    expect(await get(url)).toMatchObject({ kind: 'answered', status: 302 });
  });

  it('reads 64 KiB of an endless body and no more', async () => {
    const url = await serve((_, response) => {
      const more = (): void => {
        while (response.write('x'.repeat(10_000)));
        response.once('drain', more);
      };
      more();
    });
    const answer = await get(url);
    expect(answer.kind === 'answered' && answer.body.length).toBe(64 * 1024);
  });

  it('gives up on a silent server', async () => {
    const url = await serve(() => undefined);
    expect(await get(url, { withinMs: 150 })).toEqual({ kind: 'failed', why: 'no answer within 150 ms' });
  });

  it('counts the body into the time limit', async () => {
    const url = await serve((_, response) => response.write('first'));
    expect(await get(url, { withinMs: 150 })).toEqual({ kind: 'failed', why: 'no answer within 150 ms' });
  });

  it('stops when it is aborted', async () => {
    const controller = new AbortController();
    const url = await serve(() => controller.abort());
    expect(await get(url, { signal: controller.signal })).toEqual({ kind: 'failed', why: 'cancelled' });
  });

  it('tells a refused connection with host and port', async () => {
    const closed = createTcpServer();
    const url = await listen(closed);
    await new Promise((resolve) => closed.close(resolve));
    const { host } = new URL(url);
    expect(await get(url)).toEqual({ kind: 'failed', why: `connection refused (${host})` });
  });

  it('tells a host that does not exist', async () => {
    expect(await get('http://shop.invalid/')).toEqual({
      kind: 'failed',
      why: 'host not found (shop.invalid)',
    });
  });

  it('tells a server that hangs up or speaks something else', async () => {
    const url = await serve((request) => request.socket.destroy());
    expect(await get(url)).toMatchObject({ why: expect.stringMatching(/^connection closed before/) });
    const other = createTcpServer((socket) => socket.end('SSH-2.0\r\n'));
    const otherUrl = await listen(other);
    expect(await get(otherUrl)).toMatchObject({ kind: 'failed', why: expect.stringContaining('127.0.0.1') });
    other.close();
  });

  it.each([
    ['not a url', 'not a valid URL'],
    ['http://bot:secret@127.0.0.1:9/', 'a URL with a user name or password in it is not supported'],
    ['ftp://127.0.0.1/', expect.stringContaining('127.0.0.1')],
    ['http://127.0.0.1:1/', expect.stringContaining('127.0.0.1:1')],
  ])('explains why %s can not be asked', async (url, why) => {
    expect(await get(url)).toEqual({ kind: 'failed', why });
  });
});
