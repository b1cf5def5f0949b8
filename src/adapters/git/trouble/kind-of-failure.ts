import type { GitTrouble } from '../../../domain/git/git-trouble.ts';

/** What went wrong, by the words of git, ssh, curl and the hosts behind them; the first sign that is found decides. */
export const kindOfFailure = (said: string): GitTrouble =>
  SIGNS.find(([, sign]) => sign.test(said))?.[0] ?? 'failed';

/** In this order: what a remote says of a refused push holds words of all the others. Git speaks English (LC_ALL). */
const SIGNS: readonly (readonly [GitTrouble, RegExp])[] = [
  ['push-refused', /\[remote (?:rejected|failure)\]|hook declined/],
  ['no-branch', /couldn't find remote ref|src refspec .* does not match|^it has no branch /m],
  ['no-room', /^(?!remote: ).*(?:No space left on device|Disk quota exceeded|ENOSPC|EDQUOT)/m],
  // The disk under the mirror, before what a server says in the same words.
  [
    'failed',
    /^(?!remote: ).*(?:\b(?:EACCES|EPERM|EROFS): |(?:create|write|mkdir|unlink|open) .*: (?:Permission denied|Read-only file system|Operation not permitted))/m,
  ],
  ['busy', /\.lock'|cannot lock ref/],
  ['not-trusted', /Host key verification failed|certificate|SSL: no alternative|SSL peer/i],
  [
    'not-let-in',
    /Permission denied|Authentication failed|could not read (?:Username|Password)|terminal prompts disabled|returned error: 40[13]|access denied|Permission to .* denied|marked as read.only|Invalid username or password|authentication required|not allowed to|insufficient_scope/i,
  ],
  [
    'not-found',
    /repository .*not found|returned error: 404|does not appear to be a git repository|repository .*does not exist|project you were looking for could not be found/i,
  ],
  [
    'unreachable',
    /resolve host|connection (?:refused|timed out|reset|closed|was|to)|failed to connect|couldn't connect|unable to connect|network is unreachable|no route to host|timed? ?out|hung up|early EOF|RPC failed|returned error: (?:429|5\d\d)|no sign of life|kex_exchange|broken pipe|empty reply|unable to look up|name or service not known|unexpected disconnect/i,
  ],
];
