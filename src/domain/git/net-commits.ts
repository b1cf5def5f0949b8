import type { Commit } from './git-facts.ts';

/** A commit as it lies in the history of a branch. */
export type HistoryCommit = {
  readonly commit: Commit;
  /** Full hashes, the branch's own first. */
  readonly parents: readonly string[];
  /** Files in which it differs from its first parent. */
  readonly files: readonly string[];
  /** The commit whose content it put back, and the files in which it differs from that all the same. */
  readonly back?: { readonly to: string; readonly but: ReadonlySet<string> } | undefined;
  /** The commit that it says it reverts. */
  readonly reverts?: string | undefined;
};

export type NetCommits = {
  /** Whose work is in what is deployed and would not be any more, in the order of the history. */
  readonly undone: readonly Commit[];
  /** How many would come back: they are in the target, and were taken out since. */
  readonly returning: number;
};

/**
 * The commits that going from `head` back to `target` really undoes. Not those that a rollback or a revert took out
 * already, nor these themselves; those whose rollback was undone, once. Only commits count that touched a file in which
 * the two differ (`differing`). `history` has all commits since one that is before everything that was gone back to.
 */
export function netCommits(
  history: readonly HistoryCommit[],
  {
    target,
    head,
    differing,
  }: { readonly target: string; readonly head: string; readonly differing: readonly string[] },
): NetCommits {
  const known = new Map(history.map((commit) => [commit.commit.hash, commit]));
  const differ = new Set(differing);
  const before = reach(known, target);
  const { inTarget, inHead } = follow(known, { target, head, before });
  const touches = (hash: string) => known.get(hash)?.files.some((file) => differ.has(file)) === true;
  const gone = new Set([...inHead].filter((hash) => !inTarget.has(hash) && touches(hash)));
  return {
    undone: history.flatMap(({ commit }) => (gone.has(commit.hash) ? [commit] : [])),
    returning: [...inTarget].filter((hash) => !inHead.has(hash) && touches(hash)).length,
  };
}

type Known = ReadonlyMap<string, HistoryCommit>;
/** What a rollback or a revert took out of what is deployed, and what it brought back. */
type Change = { readonly out: readonly string[]; readonly back: readonly string[] };

/** Goes through the history, parents first, and keeps whose work is in it. */
function follow(
  known: Known,
  {
    target,
    head,
    before,
  }: { readonly target: string; readonly head: string; readonly before: ReadonlySet<string> },
): { readonly inTarget: ReadonlySet<string>; readonly inHead: ReadonlySet<string> } {
  const present = new Set<string>();
  const marked = new Set([target, ...[...known.values()].flatMap(({ back }) => back?.to ?? [])]);
  const marks = new Map<string, ReadonlySet<string>>();
  const changes = new Map<string, Change>();
  for (const commit of branchOrder(known, head)) {
    const { hash } = commit.commit;
    const change = changeOf(commit, { known, present, marks, changes, before });
    if (change !== undefined) {
      for (const other of change.out) present.delete(other);
      for (const other of change.back) present.add(other);
      changes.set(hash, change);
    }
    if (!isMerelyThat(commit, change, known)) present.add(hash);
    if (marked.has(hash)) marks.set(hash, within(present, reach(known, hash)));
  }
  return { inTarget: marks.get(target) ?? new Set(), inHead: present };
}

function changeOf(
  { commit, back, reverts, files }: HistoryCommit,
  at: {
    readonly known: Known;
    readonly present: ReadonlySet<string>;
    readonly marks: ReadonlyMap<string, ReadonlySet<string>>;
    readonly changes: ReadonlyMap<string, Change>;
    readonly before: ReadonlySet<string>;
  },
): Change | undefined {
  const wanted = back && at.marks.get(back.to);
  if (wanted !== undefined) {
    const here = within(at.present, reach(at.known, commit.hash));
    const isWhole = (hash: string) =>
      at.known.get(hash)?.files.every((file) => !back?.but.has(file)) === true;
    return {
      out: [...here].filter((hash) => !wanted.has(hash) && isWhole(hash)),
      back: [...wanted].filter((hash) => !here.has(hash) && isWhole(hash)),
    };
  }
  if (reverts === undefined) return undefined;
  const undone = at.changes.get(reverts);
  if (undone !== undefined) return { out: undone.back, back: undone.out };
  // A revert of what the target has is a change like any other: it is undone with the rest.
  const isOne =
    at.present.has(reverts) && !at.before.has(reverts) && isAlike(files, at.known.get(reverts)?.files);
  return isOne ? { out: [reverts], back: [] } : undefined;
}

/** Whether a commit did nothing beside taking out and bringing back, so that it isn't work of its own. */
function isMerelyThat(
  { back, files, reverts }: HistoryCommit,
  change: Change | undefined,
  known: Known,
): boolean {
  if (change === undefined) return false;
  if (back !== undefined && files.every((file) => !back.but.has(file))) return true;
  return reverts !== undefined && isAlike(files, known.get(reverts)?.files);
}

const isAlike = (files: readonly string[], others: readonly string[] | undefined): boolean =>
  others !== undefined &&
  files.length === others.length &&
  new Set([...files, ...others]).size === files.length;

const within = (hashes: ReadonlySet<string>, reached: ReadonlySet<string>): ReadonlySet<string> =>
  new Set([...hashes].filter((hash) => reached.has(hash)));

/** Along the branch itself, and before each merge what it brought in: what is present is then what the branch had. */
function branchOrder(known: Known, head: string): readonly HistoryCommit[] {
  const line: HistoryCommit[] = [];
  for (let at = known.get(head); at !== undefined; at = known.get(at.parents[0] ?? '')) line.push(at);
  const seen = new Set<string>();
  return line.reverse().flatMap((commit) => parentsFirst(known, commit, seen));
}

function parentsFirst(known: Known, from: HistoryCommit, seen: Set<string>): readonly HistoryCommit[] {
  const ordered: HistoryCommit[] = [];
  const open = [{ commit: from, isReady: false }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { commit, isReady } = next;
    if (isReady) ordered.push(commit);
    if (isReady || seen.has(commit.commit.hash)) continue;
    seen.add(commit.commit.hash);
    open.push({ commit, isReady: true });
    for (const hash of commit.parents) {
      const parent = known.get(hash);
      if (parent !== undefined) open.push({ commit: parent, isReady: false });
    }
  }
  return ordered;
}

function reach(known: Known, from: string): ReadonlySet<string> {
  const reached = new Set<string>();
  const open = [from];
  for (let hash = open.pop(); hash !== undefined; hash = open.pop()) {
    const commit = known.get(hash);
    if (commit === undefined || reached.has(hash)) continue;
    reached.add(hash);
    open.push(...commit.parents);
  }
  return reached;
}
