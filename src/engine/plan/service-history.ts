import type { Release } from '../../domain/git/release.ts';
import type { RolledBack } from '../../domain/git/rolled-back.ts';
import {
  mayHaveChangedSomething,
  type RollbackRecord,
  recordOf,
  whyUnknown,
} from '../../domain/run/rollback-record.ts';
import type { Run } from '../../domain/run/run.ts';
import type { EventStore } from '../ports/event-store.ts';
import type { Git, RepositoryRef } from '../ports/git.ts';
import { loadRun } from '../streams/runs.ts';

/** Of a service's runs the newest so many are looked at. */
const REMEMBERED = 100;

export type ServiceHistory = {
  /** What its runs did, the oldest first. */
  readonly records: readonly RollbackRecord[];
  /** Why the last of them leaves open what is deployed, in words, the branch's head being at this; undefined where it doesn't. */
  readonly unknownAt: (head: string) => string | undefined;
};

/** What the rollbacks of a service and environment have done; `except` is a run that doesn't count, since it is the one being planned. */
export async function readServiceHistory(
  { store }: { readonly store: EventStore },
  {
    service,
    environment,
    except,
  }: { readonly service: string; readonly environment: string; readonly except?: string | undefined },
): Promise<ServiceHistory> {
  const ids = (await store.runsOf(service, environment, REMEMBERED)).filter((id) => id !== except);
  const runs = await Promise.all(ids.map((id) => loadRun({ store }, id)));
  const started = runs
    .flatMap((run) => (run === undefined || run.startedAt === null ? [] : [run]))
    .toSorted((a, b) => compare(startOf(a), startOf(b)));
  const last = started.findLast(mayHaveChangedSomething);
  return {
    records: started.flatMap((run) => recordOf(run) ?? []),
    unknownAt: (head) => last && whyUnknown(last, head),
  };
}

/**
 * Which commits were rolled back: those that lay between what was deployed and what a rollback went to, and releases of
 * the same content. One that was gone back to since, and is known to have run, counts no longer.
 */
export async function findRolledBack(
  { git }: { readonly git: Git },
  ref: RepositoryRef,
  {
    history,
    commits,
    releases,
  }: {
    readonly history: ServiceHistory;
    readonly commits: readonly string[];
    readonly releases: readonly Release[];
  },
): Promise<ReadonlyMap<string, RolledBack>> {
  const found = new Map<string, RolledBack>();
  const { records } = history;
  if (records.length === 0) return found;
  const among = [...new Set([...commits, ...releases.map(({ commit }) => commit.hash)])];
  const ranges = records.map(({ from, to }) => ({ target: to.hash, head: from.hash }));
  const within = await git.commitsWithin(ref, { among, ranges });
  const alike = sameTrees(releases);
  for (const [index, { run, at, incident, to, wentBack, proven }] of records.entries()) {
    for (const hash of wentBack ? (within[index] ?? []).flatMap(alike) : [])
      if (!found.has(hash)) found.set(hash, { run, at, incident });
    if (proven) for (const hash of alike(to.hash)) found.delete(hash);
  }
  return found;
}

/** A commit and the releases that have its content. */
function sameTrees(releases: readonly Release[]): (hash: string) => readonly string[] {
  const trees = new Map(releases.map(({ commit, tree }) => [commit.hash, tree]));
  const byTree = new Map<string, string[]>();
  for (const { commit, tree } of releases) byTree.set(tree, [...(byTree.get(tree) ?? []), commit.hash]);
  return (hash) => byTree.get(trees.get(hash) ?? '') ?? [hash];
}

const startOf = ({ startedAt, requestedAt }: Run): string => startedAt ?? requestedAt;
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
