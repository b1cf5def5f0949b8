/** The entries of a registry of actions by their press, each with a type of its own. */
export const byPress = <Entry extends { readonly press: string }>(entries: readonly Entry[]) =>
  Object.fromEntries(entries.map((entry) => [entry.press, entry])) as {
    readonly [Press in Entry['press']]: Extract<Entry, { readonly press: Press }>;
  };
