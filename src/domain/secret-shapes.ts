export const HIDDEN = '[redacted]';

/** A text without what has the shape of a password or of a well-known token. */
export const hideSecrets = (text: string): string =>
  SHAPES.reduce((hidden, { pattern, to }) => hidden.replace(pattern, to), text);

/** Whether an address has a password, a token or the like in it: whatever would be hidden of it. */
export const holdsSecret = (address: string): boolean => hideSecrets(address) !== address;

/** Whether it is git's address and has a password in it; a user's name alone is part of many addresses. */
export function holdsPassword(repository: string): boolean {
  const user = /^[a-z][a-z0-9+.-]*:\/\/([^/\s]*)@/i.exec(repository)?.[1] ?? '';
  return (
    user.includes(':') ||
    hideSecrets(user) !== user ||
    hideSecrets(afterUser(repository)) !== afterUser(repository)
  );
}

const afterUser = (repository: string): string =>
  repository.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/\s]*@/i, '$1');

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
