/**
 * A value of which parts could not be read. Such a part is there as undefined, while what somebody left out is
 * not there at all: a rule that concludes from absence asks with `in`, every other rule skips undefined.
 */
export type Partly<Value> = Value extends readonly (infer Entry)[]
  ? number extends Value['length']
    ? readonly (Partly<Entry> | undefined)[]
    : Value
  : Value extends object
    ? { readonly [Key in keyof Value]?: Partly<Value[Key]> | undefined }
    : Value;

/** The entries if every one of them could be read, or undefined: for rules about a whole list. */
export function allRead<Entry>(
  entries: readonly (Entry | undefined)[] | undefined,
): readonly Entry[] | undefined {
  const read = readEntries(entries);
  return read.length === entries?.length ? read : undefined;
}

/** The entries of a mapping that could be read, with their names. */
export const namedEntries = <Entry>(
  mapping: Readonly<Record<string, Entry | undefined>> | undefined,
): readonly (readonly [string, Entry])[] =>
  Object.entries(mapping ?? {}).flatMap(([name, entry]) => (entry === undefined ? [] : [[name, entry]]));

const readEntries = <Entry>(entries: readonly (Entry | undefined)[] | undefined): readonly Entry[] =>
  (entries ?? []).filter((entry) => entry !== undefined);
