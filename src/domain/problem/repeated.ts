/** Each value that was there before, with its index; undefined is no value. */
export const repeated = (
  values: readonly (string | undefined)[],
): readonly { readonly value: string; readonly index: number }[] =>
  values.flatMap((value, index) =>
    value !== undefined && values.indexOf(value) < index ? [{ value, index }] : [],
  );
