import { setTimeout as pause } from 'node:timers/promises';

/**
 * Sends at a fixed rate, whether or not answers come, and returns how long each answer took in ms, counted from
 * when it should have been sent: somebody who waits in line waits.
 */
export async function openLoad({ perSecond, seconds, send }) {
  const count = perSecond * seconds;
  const startedAt = performance.now();
  const answers = [];
  for (let sent = 0; sent < count; sent += 1) {
    const due = startedAt + (sent * 1_000) / perSecond;
    const early = due - performance.now();
    if (early > 0) await pause(early);
    answers.push(send().then(() => performance.now() - due));
  }
  return Promise.all(answers);
}
