export type Redactor = (text: string) => string;

const HIDDEN = '[redacted]';
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
  return (text) => SHAPES.reduce(hideShape, values.reduce(hideValue, text));
}

type Shape = { readonly pattern: RegExp; readonly to: string };

const SHAPES: readonly Shape[] = [
  {
    pattern: /-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z0-9 ]*PRIVATE KEY-----|$)/g,
    to: HIDDEN,
  },
  { pattern: /\bxox[a-z](?:\.xox[a-z])?-[\w.-]{6,}/g, to: HIDDEN },
  { pattern: /\bxapp-[\w-]{6,}/g, to: HIDDEN },
  { pattern: /\bgh[pousr]_\w{16,}/g, to: HIDDEN },
  { pattern: /\bgithub_pat_\w{16,}/g, to: HIDDEN },
  { pattern: /\bglpat-[\w-]{16,}/g, to: HIDDEN },
  { pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, to: HIDDEN },
  // Not the whole scheme: looking for its beginning would take for ever in a long line of dots and dashes.
  { pattern: /([a-z0-9+.-]:\/\/)[^\s/@'"]+@/gi, to: `$1${HIDDEN}@` },
  { pattern: /\b(bearer|basic)(\s+)[\w.~+/=-]{8,}/gi, to: `$1$2${HIDDEN}` },
  {
    pattern:
      /((?:password|passwd|passphrase|secret|token|api[_-]?key|access[_-]?key|private[_-]?key)["']?\s*[=:]\s*)("[^"\n]*"|'[^'\n]*'|[^\s"'&,;]+)/gi,
    to: `$1${HIDDEN}`,
  },
];

const hideValue = (text: string, secret: string): string => text.replaceAll(secret, HIDDEN);
const hideShape = (text: string, { pattern, to }: Shape): string => text.replace(pattern, to);
