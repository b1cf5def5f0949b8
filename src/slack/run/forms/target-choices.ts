import type { Commit } from '../../../domain/git/git-facts.ts';
import { nameCommit } from '../../../domain/plan/plan.ts';
import type { Target } from '../../../engine/plan/service-state.ts';
import { LIMIT } from '../../kit/block-kit.ts';
import type { Choice } from '../../kit/inputs.ts';

const SHORTEST_HASH = 7;

/**
 * What can be chosen as target, and what is chosen at first: what was typed with the command, else the previous
 * release. A typed target that is none of them, or another name of one, becomes a choice of its own, so it can't get
 * lost.
 */
export function chooseTarget(
  targets: readonly Target[],
  typed: string | undefined,
): { readonly choices: readonly Choice[]; readonly initial: string | undefined } {
  const offered = targets.slice(0, LIMIT.options - 1);
  const choices = offered.map((target) => ({ value: target.commit.hash, text: targetText(target) }));
  const wanted = typed?.trim();
  if (!wanted || wanted.length > LIMIT.optionValue)
    return { choices, initial: offered.find(({ isPrevious }) => isPrevious)?.commit.hash };
  const known = offered.find(({ commit }) => names(wanted, commit));
  if (known !== undefined) return { choices, initial: known.commit.hash };
  return { choices: [...choices, { value: wanted, text: `As typed: ${wanted}` }], initial: wanted };
}

/** What speaks against it comes before the subject, which may be cut. */
const targetText = ({ commit, isPrevious, rolledBack }: Target): string =>
  [
    `${isPrevious ? 'Previous release: ' : ''}${nameCommit(commit)}`,
    ...(rolledBack === undefined ? [] : [` · rolled back ${day(rolledBack.at)}, ${causeOf(rolledBack)}`]),
    ` — ${commit.subject}`,
  ].join('');

const causeOf = ({ run, incident }: NonNullable<Target['rolledBack']>): string => incident ?? run;

/** An option is plain text, which knows no reader's time zone. */
const day = (at: string): string => at.slice(0, 10);

const names = (typed: string, commit: Commit): boolean =>
  commit.release === typed ||
  (typed.length >= SHORTEST_HASH && /^[0-9a-f]+$/.test(typed) && commit.hash.startsWith(typed));
