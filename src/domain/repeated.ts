/** Each value that was there before, with its index. */
export const repeated = (
  values: readonly string[],
): readonly { readonly value: string; readonly index: number }[] =>
  values.flatMap((value, index) => (values.indexOf(value) < index ? [{ value, index }] : []));
