/** One command list of a shell script, up to a line end or a semicolon. */
export type Statement = {
  /** Without comments; of what is quoted, "_"; of a command substitution, its first word: `export X=$(git)`. */
  readonly bare: string;
  /** What is quoted in it, and the here-documents that it reads. */
  readonly quoted: readonly string[];
  readonly indented: boolean;
};

/**
 * A script's statements, as far as can be told without a shell: good enough to look for what swallows a failure, and
 * for nothing else.
 */
export function shellStatements(script: string): readonly Statement[] {
  const { bare, quoted } = readBare(script.replaceAll('\\\n', ' '));
  const joined = bare.replace(/(&&|\|\||\|)[ \t]*\n\s*/g, '$1 ');
  return joined.split(/\n|;/).flatMap((text) => {
    const statement = text.trim().replace(/^((then|do|else|\{)\s+)+/, '');
    if (statement === '' || CLOSERS.test(statement)) return [];
    const places = [...statement.matchAll(PLACE)].map(([, place]) => quoted[Number(place)] ?? '');
    return [{ bare: statement.replace(PLACE, '_'), quoted: places, indented: /^\s/.test(text) }];
  });
}

const CLOSERS = /^(then|do|else|fi|done|esac|[{}()\s])+$/;
/** A quotation, by its place in the list. */
const PLACE = /\ue000(\d+)\ue001/g;

const TOKEN = new RegExp(
  [
    "(?<single>'[^']*')",
    String.raw`(?<double>"(?:\\[\s\S]|\$\((?:[^()]|\([^()]*\))*\)|[^"\\])*")`,
    String.raw`(?<arithmetic>\$\(\([\s\S]*?\)\))`,
    String.raw`(?<substitution>\$\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)|${'`'}[^${'`'}]*${'`'})`,
    String.raw`(?<parameter>\$\{[^}]*\})`,
    String.raw`(?<escaped>\\[\s\S])`,
    String.raw`(?<comment>(?<=^|[\s;&|(])#[^\n]*)`,
  ].join('|'),
  'gm',
);

function readBare(script: string): { readonly bare: string; readonly quoted: readonly string[] } {
  const quoted: string[] = [];
  const keep = (text: string): string => `\ue000${quoted.push(text) - 1}\ue001`;
  const bare = withoutHereDocuments(script, keep).replace(TOKEN, (whole, ...rest) => {
    const found: Partial<Record<string, string>> = rest.at(-1);
    if (found['comment'] !== undefined) return '';
    if (found['substitution'] !== undefined) return substitution(whole);
    if (found['double'] !== undefined) return `${keep(whole.slice(1, -1))}${substitutionsIn(whole)}`;
    return found['single'] === undefined ? '_' : keep(whole.slice(1, -1));
  });
  return { bare, quoted };
}

/** Puts a here-document's text into the place of the mark that announces it. */
function withoutHereDocuments(script: string, keep: (text: string) => string): string {
  const announced = /(?<!<)<<(?!<)-?[ \t]*(["']?)(\w+)\1([^\n]*)\n([\s\S]*?)^[ \t]*\2[ \t]*$/m;
  const found = announced.exec(script);
  if (found === null) return script;
  const [whole, , , rest = '', text = ''] = found;
  const before = script.slice(0, found.index);
  const after = script.slice(found.index + whole.length);
  return withoutHereDocuments(`${before}${keep(text)}${rest}${after}`, keep);
}

/** `$(git log)` is `$(git)`. */
const substitution = (text: string): string => `$(${/[\w./-]+/.exec(text)?.[0] ?? '_'})`;

const substitutionsIn = (text: string): string =>
  [...text.matchAll(/\$\((?!\()[^)]*|`[^`]+`/g)].map(([found]) => substitution(found)).join('');
