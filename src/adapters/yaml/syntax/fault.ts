/** What keeps a text from being YAML, in plain words. Lines and columns count from 1. */
export type Fault = {
  readonly line: number;
  readonly column: number;
  readonly expected: string;
  readonly found: string;
  /** How it should look, from the text itself where that can be told. */
  readonly example: string;
  /** The whole text with this mended as it was most likely meant, so that the rest can be looked at as well. */
  readonly mended?: readonly string[];
};

export const withLine = (lines: readonly string[], index: number, line: string): readonly string[] =>
  lines.map((each, at) => (at === index ? line : each));

export const indentOf = (line: string): number => /^ */.exec(line)?.[0].length ?? 0;

const SHOWN = 60;

/** A line as a message shows it, without its indentation and not too long of it. */
export function excerpt(line: string): string {
  const text = line.trim();
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}

/** A text in the quotes of YAML that keep it as it is. */
export const quoted = (text: string): string =>
  /["\\]/.test(text) ? `'${text.replaceAll("'", "''")}'` : `"${text}"`;
