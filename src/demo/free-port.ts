import { once } from 'node:events';
import { createServer } from 'node:net';

const TRIES = 50;

/** The first port from `preferred` on (or any, for 0) on which nothing listens on this machine, on any address. */
export async function findFreePort(preferred: number, taken: readonly number[] = []): Promise<number> {
  for (let port = preferred; port < preferred + TRIES; port++) {
    const found = taken.includes(port) ? undefined : await tryPort(port);
    if (found !== undefined) return found;
  }
  throw new Error(`every port from ${preferred} to ${preferred + TRIES - 1} is taken`);
}

async function tryPort(port: number): Promise<number | undefined> {
  const server = createServer();
  try {
    server.listen(port);
    await once(server, 'listening');
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : undefined;
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES'))
      return undefined;
    throw new Error(`can't listen on port ${port}`, { cause: error });
  } finally {
    if (server.listening) {
      server.close();
      await once(server, 'close');
    }
  }
}
