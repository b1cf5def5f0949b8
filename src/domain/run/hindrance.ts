import { mayPass } from '../git/git-trouble.ts';
import type { Problem } from '../problem/problem.ts';
import type { Refusal } from '../refusal.ts';
import { refusalInBrief } from '../refusal-phrase.ts';

/** What keeps anybody from seeing whether a plan is still good. It says nothing against the plan, so approvals stay. */
export type Hindrance = {
  readonly kind: 'hindered';
  /** In words; what git said is in it. */
  readonly why: string;
  /** Whether it may well be over by itself in a minute. */
  readonly passes: boolean;
};

/** Undefined for a refusal that is about the plan itself. */
export function hindranceOf(refusal: Refusal): Hindrance | undefined {
  if (refusal.reason === 'git-trouble')
    return { kind: 'hindered', why: refusalInBrief(refusal), passes: mayPass(refusal.trouble) };
  if (!FROM_FILES.includes(refusal.reason)) return undefined;
  return { kind: 'hindered', why: `${refusalInBrief(refusal)}, by the files as they are now`, passes: true };
}

/** Files that can't be used as they stand there, as one that is half saved; where the first is broken, and how. */
export function brokenFiles(problems: readonly Problem[]): Hindrance {
  const first = problems.find(({ level }) => level === 'error');
  const where = first === undefined ? 'a file' : `${first.file}, line ${first.line},`;
  const how = first === undefined ? '' : `: expected ${first.expected}`;
  return { kind: 'hindered', why: `${where} can't be used as it stands there now${how}`, passes: true };
}

/** A file that is being saved lacks what stands in its second half. */
const FROM_FILES: readonly Refusal['reason'][] = [
  'unknown-service',
  'unknown-environment',
  'unknown-playbook',
  'unknown-severity',
  'bad-parameter',
];
