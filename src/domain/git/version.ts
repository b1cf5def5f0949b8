/** A tag read as a version, such as v1.4.0-rc2, 2024.01.15-2, release-42 or shop@1.2.3+build.7. */
export type Version = {
  readonly tag: string;
  /** Without leading zeros: 2024.01.15 is 2024, 1, 15. */
  readonly numbers: readonly string[];
  /** What makes it a pre-release, such as "rc", "2"; empty of a final one. */
  readonly pre: readonly string[];
  /** What was added to a final one, such as "hotfix", "1". */
  readonly post: readonly string[];
  readonly build: readonly string[];
};

/** Numbers with dots first: s3-1.2.0 is version 1.2.0, not 3. */
const DOTTED = /^(?:.*?[^0-9.])?(?<numbers>\d+(?:\.\d+)+)(?<rest>.*)$/s;
const WHOLE =
  /^(?:.*?\D)?(?<numbers>\d+)(?<rest>(?:[-._+~].*|(?:a|b|c|rc|alpha|beta|pre|preview|dev|m|ea)\d*)?)$/is;
const FINAL = /^(final|ga|release|stable|lts)$/;
const POST = /^(hotfix|hf|fix|bugfix|patch|p|pl|post|sp|rev|r|build|update|u)$/;

/** Reads a tag as a version; undefined where there is no number in it that could be one, as in "latest". */
export function parseVersion(tag: string): Version | undefined {
  const plain = tag.replace(/(?<=\d\d)T(?=\d\d)/, '.').replace(/(?<=\d\d)Z$/, '');
  const { numbers, rest } = (DOTTED.exec(plain) ?? WHOLE.exec(plain))?.groups ?? {};
  if (numbers === undefined || rest === undefined) return undefined;
  const plus = rest.indexOf('+');
  const [suffix, build] = plus < 0 ? [rest, ''] : [rest.slice(0, plus), rest.slice(plus + 1)];
  const parsed = { tag, numbers: numbers.split('.').map(withoutZeros), build: partsOf(build) };
  return { ...parsed, ...readSuffix(numbers, suffix) };
}

function readSuffix(
  written: string,
  suffix: string,
): Pick<Version, 'pre' | 'post'> & { readonly numbers?: readonly string[] } {
  const parts = partsOf(suffix);
  const [first = ''] = parts;
  if (first === '') return { pre: [], post: [] };
  if (FINAL.test(first)) return { pre: [], post: parts.slice(1) };
  if (POST.test(first)) return { pre: [], post: parts };
  if (isSemantic(written) || !parts.every(isNumber)) return { pre: parts, post: [] };
  // 2024-01-15, 1.2-3 and 2024.1.15-2: further numbers.
  return { pre: [], post: [], numbers: [...written.split('.').map(withoutZeros), ...parts] };
}

/** Three numbers as semantic versioning has them, where 1.2.3-4 comes before 1.2.3; a year isn't one. */
const isSemantic = (numbers: string): boolean =>
  /^(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}$/.test(numbers) && !/^(19|20)\d\d\./.test(numbers);

/** Below 0 where the first is the older. Versions that mean the same are told apart by how much they say, so no two tags are equal. */
export function compareVersions(a: Version, b: Version): number {
  return (
    compareNumbers(a.numbers, b.numbers) ||
    Number(a.pre.length === 0) - Number(b.pre.length === 0) ||
    compareParts(a.pre, b.pre) ||
    compareParts(a.post, b.post) ||
    a.numbers.length - b.numbers.length ||
    compareParts(a.build, b.build) ||
    compareText(a.tag, b.tag)
  );
}

function compareNumbers(a: readonly string[], b: readonly string[]): number {
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const order = compareNumber(a[index] ?? '0', b[index] ?? '0');
    if (order !== 0) return order;
  }
  return 0;
}

/** Numbers come before words; of two that begin the same, the shorter. */
function compareParts(a: readonly string[], b: readonly string[]): number {
  for (const [index, part] of a.entries()) {
    const other = b[index];
    if (other === undefined) return 1;
    const order = comparePart(part, other);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function comparePart(a: string, b: string): number {
  if (isNumber(a) && isNumber(b)) return compareNumber(a, b);
  if (isNumber(a) !== isNumber(b)) return isNumber(a) ? -1 : 1;
  return compareText(a, b);
}

/** As text, since a build number may be longer than a number can be told apart. */
const compareNumber = (a: string, b: string): number => a.length - b.length || compareText(a, b);
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const partsOf = (text: string): readonly string[] =>
  (text.toLowerCase().match(/\d+|[^\d\s\-._~+]+/g) ?? []).map((part) =>
    isNumber(part) ? withoutZeros(part) : part,
  );
const isNumber = (part: string): boolean => /^\d+$/.test(part);
const withoutZeros = (digits: string): string => digits.replace(/^0+(?=\d)/, '');
