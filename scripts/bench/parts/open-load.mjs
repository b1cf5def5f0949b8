import { setTimeout as pause } from 'node:timers/promises';

/**
 * Sends at a fixed rate, whether or not answers come, and returns how long each answer took in ms. No request
 * waits for another's answer, so one that stands in line at the server counts as long as it stood there.
 */
export async function openLoad({ perSecond, seconds, send }) {
  const count = perSecond * seconds;
  const startedAt = performance.now();
  const answers = [];
  for (let sent = 0; sent < count; sent += 1) {
    const due = startedAt + (sent * 1_000) / perSecond;
    const early = due - performance.now();
    if (early > 0) await pause(early);
    answers.push(timed(send));
  }
  return Promise.all(answers);
}

async function timed(send) {
  const sentAt = performance.now();
  await send();
  return performance.now() - sentAt;
}
