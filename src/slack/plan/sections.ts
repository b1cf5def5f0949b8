/** Room that the pieces of a plan may take. */
type Room = { readonly sections: number; readonly characters: number };

const SECTION = 2_900;

/**
 * The pieces of a plan as texts of sections: one section a piece where there is room, else several share one.
 * Steps that don't fit even so are left out whole, and `left` says how many.
 */
export function planSections(
  steps: readonly (readonly string[])[],
  room: Room,
): { readonly texts: readonly string[]; readonly left: number } {
  const pieces = steps.flat();
  const spacious = pieces.length <= room.sections ? pieces : undefined;
  if (spacious && total(spacious) <= room.characters) return { texts: spacious, left: 0 };
  for (let count = steps.length; count > 0; count -= 1) {
    const packed = pack(steps.slice(0, count).flat());
    if (packed.length <= room.sections && total(packed) <= room.characters) {
      return { texts: packed, left: steps.length - count };
    }
  }
  return { texts: [], left: steps.length };
}

function pack(pieces: readonly string[]): readonly string[] {
  const packed: string[] = [];
  for (const piece of pieces) {
    const last = packed.at(-1);
    if (last !== undefined && last.length + piece.length + 2 <= SECTION) {
      packed[packed.length - 1] = `${last}\n\n${piece}`;
    } else packed.push(piece);
  }
  return packed;
}

const total = (texts: readonly string[]): number => texts.reduce((sum, text) => sum + text.length, 0);
