import { Socket } from 'node:net';

/** How long to wait for more when the command has ended but something it started still holds the pipe. */
const LINGER_MS = 500;

/** Reads text from a pipe's descriptor, UTF-8 characters whole, until it ends or is stopped. */
export function readOutput(
  descriptor: number,
  onText: (text: string) => void,
): { readonly drained: () => Promise<void>; readonly stop: () => void } {
  const pipe = new Socket({ fd: descriptor, readable: true, writable: false });
  pipe.setEncoding('utf8');
  pipe.on('data', (text) => onText(String(text)));
  const closed = new Promise<void>((resolve) => pipe.once('close', () => resolve()));
  // A pipe that breaks has ended: its close event follows.
  pipe.on('error', () => undefined);
  const stop = (): void => {
    pipe.destroy();
  };
  return {
    stop,
    async drained() {
      const linger = setTimeout(stop, LINGER_MS);
      await closed;
      clearTimeout(linger);
    },
  };
}
