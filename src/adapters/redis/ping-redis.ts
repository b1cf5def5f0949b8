import { connect } from 'node:net';

const PATIENCE_MS = 5_000;

/** Whether a Redis answers PING with PONG on a unix socket. Never throws. */
export function pingRedis(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ path: socketPath });
    const answer = (alive: boolean): void => {
      socket.destroy();
      resolve(alive);
    };
    let received = '';
    socket.setTimeout(PATIENCE_MS, () => answer(false));
    socket.on('connect', () => socket.write('PING\r\n'));
    socket.on('data', (bytes: Buffer) => {
      received += bytes.toString('latin1');
      if (received.includes('\n')) answer(received.startsWith('+PONG'));
    });
    socket.on('error', () => answer(false));
    socket.on('close', () => answer(false));
  });
}

/** Resolves when the Redis on a unix socket closes a connection held open for that: it has ended. */
export function untilGone(socketPath: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect({ path: socketPath });
    // An error is followed by close.
    socket.on('error', () => undefined);
    socket.on('close', () => resolve());
    socket.resume();
  });
}
