import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { findFreePort } from '../../../src/demo/free-port.ts';

describe('a free port', () => {
  it('is the preferred one when nothing listens there', async () => {
    const port = await findFreePort(0);
    expect(await findFreePort(port)).toBe(port);
  });

  it('is a later one when somebody listens on the preferred one, on whatever address', async () => {
    for (const host of ['127.0.0.1', '0.0.0.0', undefined]) {
      const server = createServer().listen(0, host);
      await once(server, 'listening');
      const address = server.address();
      const busy = typeof address === 'object' && address !== null ? address.port : 0;
      expect(await findFreePort(busy)).toBeGreaterThan(busy);
      server.close();
    }
  });

  it('is none that was given out already', async () => {
    const port = await findFreePort(0);
    expect(await findFreePort(port, [port])).toBeGreaterThan(port);
  });
});
