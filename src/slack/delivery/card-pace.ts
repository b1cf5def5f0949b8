const EDIT_EVERY_MS = 1_000;

/** Keeps the edits of each card at least a second apart. */
export type CardPace = {
  /** How long the card must wait until it may be edited again, in ms; 0 where it may be now. */
  readonly waitMs: (key: string) => number;
  /** Notes an edit; the last one of a card need not be remembered. */
  readonly edited: (key: string, edit: { readonly isLast: boolean }) => void;
};

/** `now` in ms. */
export function createCardPace({ now }: { readonly now: () => number }): CardPace {
  const editedAt = new Map<string, number>();
  return {
    waitMs: (key) => Math.max(0, (editedAt.get(key) ?? 0) + EDIT_EVERY_MS - now()),
    edited: (key, { isLast }) => {
      if (isLast) editedAt.delete(key);
      else editedAt.set(key, now());
    },
  };
}
