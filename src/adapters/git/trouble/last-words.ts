const LONGEST = 300;

/** What git wrote, line by line without what it only says in passing; `output` is its standard output. */
export function tellingLines(message: string, output: string): readonly string[] {
  const said = message.split('\n').flatMap((line) => {
    const text = plain(line);
    const noise = line.startsWith('remote:') ? NOISE_OF_REMOTE : NOISE;
    return noise.test(text) ? [] : [text];
  });
  const lines = [...said, ...output.split('\n').map(refusedRef)].filter((line) => line !== '');
  const telling = lines.filter((line) => !GENERIC.test(line));
  return telling.length > 0 ? telling : lines;
}

/** On one line of at most 300 characters. The reason stands last, after a hook's banner: what is cut is the beginning. */
export function lastWords(lines: readonly string[]): string {
  const kept: string[] = [];
  for (const line of lines.toReversed()) {
    const longer = join([line, ...kept]);
    if (longer.length > LONGEST - 2) return kept.length === 0 ? cutInside(line) : `… ${join(kept)}`;
    kept.unshift(line);
  }
  return join(kept);
}

/** The last state of a line that was written over, without who says it and how bad that is. */
function plain(line: string): string {
  const state = line.split('\r').findLast((part) => part.trim() !== '') ?? '';
  return state
    .replace(/^remote: ?/, '')
    .replace(/^(?:fatal|error|ERROR): /, '')
    .trim();
}

/** A line of `push --porcelain`, such as "!\tmain:main\t[remote rejected] (pre-receive hook declined)". */
const refusedRef = (line: string): string =>
  line.startsWith('!') ? (/\((.*)\)$/.exec(line)?.[1] ?? line.split('\t').slice(2).join(' ')) : '';

const NOISE =
  /^(?:[^\p{L}\p{N}]*$|Please make sure|and the repository exists|hint:|To |From |POST |[*+=t-] \[|(?:Enumerating|Counting|Compressing|Resolving|Receiving|Writing|Unpacking|Checking|Updating|Processing)\b.*(?:\d|done)|Delta compression|Total \d|Pushing to |Everything up-to-date|Done$|Warning: Permanently added|.*Already up to date)/u;

/** A hook writes to people, whatever it begins with: only what git's own server says in passing is left out. */
const NOISE_OF_REMOTE =
  /^(?:[^\p{L}\p{N}]*$|(?:Enumerating|Counting|Compressing|Resolving|Receiving|Writing|Unpacking|Checking|Updating|Processing)\b.*(?:\d% \(|, done|: \d+, done)|Total \d+ \()/u;

/** True of most failures, and no reason of any. */
const GENERIC =
  /^(?:Could not read from remote repository|the remote end hung up|early EOF|index-pack failed|fetch-pack: |failed to push some refs|some local refs could not be updated|git ended with)/i;

function join(lines: readonly string[]): string {
  return lines.reduce(
    (all, line) => (all === '' ? line : `${all}${/[.:;,!?]$/.test(all) ? '' : ';'} ${line}`),
    '',
  );
}

/** One line too long by itself: both its ends. */
const cutInside = (line: string): string =>
  `${line.slice(0, LONGEST / 2 - 2)} … ${line.slice(-(LONGEST / 2 - 2))}`;
