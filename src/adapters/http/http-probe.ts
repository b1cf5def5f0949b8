import type { HttpAnswer, HttpProbe } from '../../engine/ports/http-probe.ts';
import { explainFailure } from './explain-failure.ts';
import { readBounded } from './read-bounded.ts';

/** Most of a body that is read, in bytes. */
const BODY_LIMIT = 64 * 1024;

/**
 * Probes with Node's own fetch. Every probe opens a connection of its own, as a new visitor would; the time limit
 * covers the body as well. Whatever goes wrong, a cancelled probe too, is an answer of the kind `failed`.
 */
export function createHttpProbe(): HttpProbe {
  return {
    async get({ url, withinMs, signal }): Promise<HttpAnswer> {
      const limit = AbortSignal.timeout(withinMs);
      const startedAt = performance.now();
      try {
        const response = await fetch(url, {
          redirect: 'manual',
          headers: { connection: 'close', 'cache-control': 'no-cache', 'user-agent': 'walkback' },
          signal: AbortSignal.any([signal, limit]),
        });
        const body = await readBounded(response, BODY_LIMIT);
        const elapsedMs = Math.round(performance.now() - startedAt);
        return { kind: 'answered', status: response.status, body, elapsedMs };
      } catch (error) {
        return { kind: 'failed', why: explainFailure(error, { url, withinMs, signal, limit }) };
      }
    },
  };
}
