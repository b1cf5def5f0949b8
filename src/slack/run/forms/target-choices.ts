import type { Commit } from '../../../domain/git/git-facts.ts';
import { nameCommit } from '../../../domain/plan/plan.ts';
import { LIMIT } from '../../kit/block-kit.ts';
import type { Choice } from '../../kit/inputs.ts';

const SHORTEST_HASH = 7;

/**
 * What can be chosen as target, and what is chosen at first: what was typed with the command, else the previous
 * release. A typed target that is no known release becomes a choice of its own, so it can't get lost in an empty field.
 */
export function chooseTarget(
  releases: readonly Commit[],
  typed: string | undefined,
): { readonly choices: readonly Choice[]; readonly initial: string | undefined } {
  const offered = releases.slice(0, LIMIT.options - 1);
  const choices = offered.map((commit, index) => ({
    value: commit.hash,
    text: releaseText(commit, index === 0),
  }));
  const wanted = typed?.trim();
  if (!wanted || wanted.length > LIMIT.optionValue) return { choices, initial: choices[0]?.value };
  const known = offered.find((commit) => names(wanted, commit));
  if (known !== undefined) return { choices, initial: known.hash };
  return { choices: [...choices, { value: wanted, text: `As typed: ${wanted}` }], initial: wanted };
}

const releaseText = (commit: Commit, isPrevious: boolean): string =>
  `${isPrevious ? 'Previous release: ' : ''}${nameCommit(commit)} — ${commit.subject}`;

const names = (typed: string, commit: Commit): boolean =>
  commit.release === typed ||
  (typed.length >= SHORTEST_HASH && /^[0-9a-f]+$/.test(typed) && commit.hash.startsWith(typed));
