/**
 * Whether a path (with forward slashes, from the top of a repository) matches any of the globs, whatever the case. As
 * git reads them: one star stays inside a folder, two cross folders, and what names a folder means all below it.
 */
export function matchesAny(globs: readonly string[]): (path: string) => boolean {
  if (globs.length === 0) return () => false;
  const lower = globs.map((glob) => glob.toLowerCase());
  const anywhere = lower
    .filter((glob) => glob.startsWith(ANYWHERE))
    .map((glob) => glob.slice(ANYWHERE.length));
  const atTop = lower.filter((glob) => !glob.startsWith(ANYWHERE));
  // What may be in any folder is looked for folder by folder, for all globs at once.
  const pattern = new RegExp(`^(?:(?:[^/]*/)*?(?:${either(anywhere)})|${either(atTop)})(?:/.*)?$`, 's');
  return (path) => pattern.test(path.toLowerCase());
}

const ANYWHERE = '**/';
const NOTHING = '(?!)';
const either = (globs: readonly string[]): string =>
  globs.length === 0 ? NOTHING : globs.map(toPattern).join('|');

const TOKEN = /\*\*\/|\/\*\*$|\*+|\?|\[(?<not>[!^]?)(?<set>\]?[^\]/]*)\]|\\?(?<plain>.)/gs;

function toPattern(glob: string): string {
  return glob.replace(/\/+$/, '').replace(TOKEN, (token, not?: string, set?: string, plain?: string) => {
    if (token === '**/') return '(?:.*/)?';
    if (token === '/**') return '/.*';
    if (token.startsWith('**')) return '.*';
    if (token === '*') return '[^/]*';
    if (token === '?') return '[^/]';
    if (set !== undefined && set !== '') return toClass(set, not ? '^/' : '') ?? escaped(token);
    return escaped(plain ?? token);
  });
}

/** Undefined of a set that is none, such as one from z to a. */
function toClass(set: string, not: string): string | undefined {
  const pattern = `[${not}${set.replace(/[\\\]^[]/g, '\\$&')}]`;
  try {
    return new RegExp(pattern).source;
  } catch {
    return undefined;
  }
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
