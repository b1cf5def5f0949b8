const LONGEST = 200;
/** Whitespace and control characters, revision operators, globs, and what no ref may hold. */
const FORBIDDEN = /[\s\p{Cc}^~:?*[\\]|\.\.|@\{/u;

/** Whether a typed target can't be the name of a tag, a branch or a commit, so that git is never asked. */
export const isMalformedTarget = (target: string): boolean =>
  target === '' || target.length > LONGEST || target.startsWith('-') || FORBIDDEN.test(target);
