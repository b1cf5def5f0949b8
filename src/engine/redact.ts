import { HIDDEN, hideSecrets } from '../domain/secret-shapes.ts';

export type Redactor = (text: string) => string;

const SHORTEST_SECRET = 6;

/**
 * Makes the function that hides secrets before text leaves the process: the given values (of six characters
 * and more; shorter ones would hide half of every text) and whatever has the shape of a well-known token.
 * It looks at one text at a time, so text that comes in pieces must be cut at line ends.
 */
export function createRedactor({ secrets }: { readonly secrets: readonly string[] }): Redactor {
  const values = [...new Set(secrets.flatMap((secret) => [secret, ...secret.split('\n')]))]
    .filter((secret) => secret.trim().length >= SHORTEST_SECRET)
    .sort((one, other) => other.length - one.length);
  return (text) => hideSecrets(values.reduce(hideValue, text));
}

const hideValue = (text: string, secret: string): string => text.replaceAll(secret, HIDDEN);
