import { spawn } from 'node:child_process';

/** Waits, in a few hundred kB, until nobody holds its input any longer; then becomes what its parameters name. */
const WAIT = 'cat >/dev/null; exec "$@"';

/**
 * Has a command run when this process ends without having dismissed it, be it by kill -9. It belongs to no terminal,
 * so that nothing typed there ends it.
 */
export function startCaretaker(command: readonly string[]): { readonly dismiss: () => void } {
  const child = spawn('sh', ['-c', WAIT, 'caretaker', ...command], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  child.on('error', () => undefined);
  child.stdin.on('error', () => undefined);
  child.unref();
  return {
    dismiss: () => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      } catch {
        // It is gone already.
      }
    },
  };
}
