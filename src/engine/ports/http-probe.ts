type HttpRequest = { readonly url: string; readonly withinMs: number; readonly signal: AbortSignal };

export type HttpAnswer =
  | { readonly kind: 'answered'; readonly status: number; readonly body: string; readonly elapsedMs: number }
  | { readonly kind: 'failed'; readonly why: string };

/** One GET, bounded in time and size (64 KiB of body). Redirects are not followed. */
export type HttpProbe = { readonly get: (request: HttpRequest) => Promise<HttpAnswer> };
