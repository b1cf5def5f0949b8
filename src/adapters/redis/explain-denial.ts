type Words = { readonly what: string; readonly todo: string };

/** Why Redis doesn't do what it is asked, by what it says of it; `prefix` is that of the namespace, in braces. */
export function explainDenial(message: string, prefix: string): Words {
  const sign = SIGNS.find(({ says }) => says.test(message));
  return sign === undefined
    ? {
        what: 'it does not do that, for a reason not known here',
        todo: 'see its words, in brackets, and its log',
      }
    : sign.words(prefix);
}

const SIGNS: readonly { readonly says: RegExp; readonly words: (prefix: string) => Words }[] = [
  {
    says: /NOPERM|no permissions|executing the script can't/i,
    words: (prefix) => ({
      what: 'its user may not',
      todo: `let the user do all of it on the keys and channels of Walkback: ACL SETUSER NAME ${userRights(prefix)}`,
    }),
  },
  {
    says: /READONLY/,
    words: () => ({ what: 'it is a replica', todo: 'set REDIS_URL to the primary' }),
  },
  {
    says: /MOVED|CROSSSLOT|CLUSTERDOWN|\bASK\b/,
    words: () => ({
      what: 'it is a part of a cluster',
      todo: 'Walkback talks to one server: give it one that is no cluster',
    }),
  },
  {
    says: /OOM/,
    words: () => ({
      what: 'its memory is full',
      todo: 'raise maxmemory, or give Walkback a Redis of its own',
    }),
  },
  {
    says: /MISCONF/,
    words: () => ({
      what: 'it can not save to its disk, and takes nothing until it can',
      todo: 'make room on its disk, and see its log',
    }),
  },
  {
    says: /NOREPLICAS/,
    words: () => ({
      what: 'too few replicas follow it',
      todo: 'bring its replicas back, or lower min-replicas-to-write',
    }),
  },
  {
    says: /LOADING|MASTERDOWN/,
    words: () => ({ what: 'it is still reading its data', todo: 'wait until it has, then ask again' }),
  },
  {
    says: /unknown command/i,
    words: () => ({
      what: 'it lacks a command (renamed, or an imitation of Redis)',
      todo: 'give Walkback a Redis or Valkey whose commands have their names',
    }),
  },
];

/** What a user of Redis needs: everything on Walkback's own keys and channels, nothing that administrates. */
export const userRights = (prefix: string): string =>
  `~${prefix}:* &${prefix}:* +@all -@admin -@dangerous +info`;
