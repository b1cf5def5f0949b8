/** Tells apart the first delivery of something from a repeated one, over all processes. */
export type SeenOnce = { readonly isFirst: (key: string) => Promise<boolean> };
