/** "run-31", "31" and "RUN-31" all mean RUN-31. */
export const runId = (text: string): string => (/^\d+$/.test(text) ? `RUN-${text}` : text.toUpperCase());
