/** Something wrong in a file that a person wrote. Lines and columns count from 1. */
export type Problem = {
  readonly level: 'error' | 'warning';
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Where in the file's own terms, or what was wrong: "phases[0].steps[1].http.status". */
  readonly what: string;
  readonly expected: string;
  /** What was there, strings quoted; left out where nothing more can be said. */
  readonly found?: string;
  readonly example: string;
};

/** What a rule found, by its path in the parsed file; the adapter that read the file knows line and column. */
export type Finding = {
  readonly path: Path;
  /** Point at the key instead of at its value. */
  readonly at?: 'key' | 'value';
  readonly level?: 'error' | 'warning';
  readonly expected: string;
  /** Left out: what is written there, where that is one value. */
  readonly found?: string;
  readonly example: string;
};

export type Path = readonly (string | number)[];

/** "playbooks/x.yml:12:7  phases[0].id: expected ..., found ..." and an example on a second line. */
export function formatProblem(problem: Problem): string {
  const place = `${problem.file}:${problem.line}:${problem.column}`;
  const warning = problem.level === 'warning' ? 'warning: ' : '';
  const found = problem.found === undefined ? '' : `, found ${problem.found}`;
  return `${place}  ${warning}${problem.what}: expected ${problem.expected}${found}\n    for example: ${problem.example}`;
}

/** "phases[0].steps[1].http.status"; the whole file is "(file)". */
export function formatPath(path: Path): string {
  if (path.length === 0) return '(file)';
  return path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : text === '' ? part : `${text}.${part}`),
    '',
  );
}

/** A value as a message shows it: strings quoted and cut at 60 characters, lists and mappings by size. */
export function describeFound(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (typeof value === 'string')
    return JSON.stringify(value.length > SHOWN ? `${value.slice(0, SHOWN)}…` : value);
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`;
  if (typeof value === 'object') {
    const keys = Object.keys(value);
    return keys.length === 0 ? 'an empty mapping' : `a mapping with ${keys.slice(0, 8).join(', ')}`;
  }
  return String(value);
}

const SHOWN = 60;
