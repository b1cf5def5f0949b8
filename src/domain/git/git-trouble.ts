/** Why git could not do what it was asked. Each has its own remedy, so each is told as what it is. */
export type GitTrouble =
  /** No answer: the network, a name that doesn't resolve, a server that is down or silent. */
  | 'unreachable'
  /** The server's key or certificate is not one that is trusted here. */
  | 'not-trusted'
  /** The server knows us not, or lets us not do this. */
  | 'not-let-in'
  | 'not-found'
  | 'no-branch'
  /** A hook, a protected branch, a quota: the remote took the push and said no. */
  | 'push-refused'
  /** This machine's disk is full. */
  | 'no-room'
  /** Another git process holds a lock. */
  | 'busy'
  /** Anything else; what git said is all there is to know. */
  | 'failed';

/** Whether it may well be over by itself in a minute, so that trying again is worth it before a person is asked. */
export const mayPass = (trouble: GitTrouble): boolean => PASSING.includes(trouble);

const PASSING: readonly GitTrouble[] = ['unreachable', 'busy', 'no-room', 'failed'];

/** In a few words of plain text, to be followed by what git said. */
export const gitTroublePhrase = (trouble: GitTrouble): string => PHRASES[trouble];

const PHRASES: Readonly<Record<GitTrouble, string>> = {
  unreachable: "the git server can't be reached",
  'not-trusted': 'the git server is not trusted here',
  'not-let-in': "the git server didn't let us in",
  'not-found': 'the repository was not found',
  'no-branch': 'the repository lacks the branch',
  'push-refused': 'the remote refused the push',
  'no-room': 'there is no room left on the disk',
  busy: 'another git process holds a lock',
  failed: 'git failed',
};
