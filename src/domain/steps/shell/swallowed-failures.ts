import { STRICT } from './shell.ts';
import { type Statement, shellStatements } from './statements.ts';

/** A place in a command where a failure would go unseen, and what to write instead. */
export type Swallowed = { readonly found: string; readonly expected: string; readonly example: string };

/**
 * What a command does though some of it failed, in a shell of a plan or a playbook (left out: the strict one). Rather
 * misses something than cries wolf.
 */
export function swallowedFailures(command: string, shell: string = STRICT): readonly Swallowed[] {
  const own = shell.includes(' ');
  if (own && !isShell(shell)) return [];
  const statements = shellStatements(command);
  if (own && !/ -(\w*e|o errexit)/.test(shell)) return goesOn(statements, shell);
  return statements.flatMap((statement, index) => {
    const place = { statement, all: statements, isLast: index === statements.length - 1, shell };
    const trap = TRAPS.find(({ is }) => is(place));
    return trap === undefined ? [] : [{ ...trap, found: shown(statement) }];
  });
}

/** Whether a command has a pipe, in which an sh that isn't told otherwise sees only the last failure. */
export const hasPipe = (command: string): boolean =>
  shellStatements(command).some(({ bare }) => PIPE.test(bare));

type Place = {
  readonly statement: Statement;
  readonly all: readonly Statement[];
  readonly isLast: boolean;
  readonly shell: string;
};
type Trap = Omit<Swallowed, 'found'> & { readonly is: (place: Place) => boolean };

const PIPE = /(?<![|>])\|(?!\|)/;
const CONDITION = /^(if|elif|while|until|!)\s/;
const TEST = /^(\[|\[\[|\(\(|test|command -v|which|type|grep|pgrep|cmp|diff)(\s|$)/;
const BY_ANOTHER_SHELL = /(^|\s)(ssh|sudo -s|((ba|da|k|z)?sh)(\s+-\w+)*\s+-\w*[cs]\w*)(\s|$)/;
/** Commands that don't fail, or whose failure changes nothing. */
const HARMLESS = /\$\((date|pwd|hostname|dirname|basename|whoami|id|nproc|uname|printf|echo)\)/g;

const TRAPS: readonly Trap[] = [
  {
    is: ({ statement: { bare } }) => /^set\s+\+(\w*e|o\s+(errexit|pipefail))/.test(bare),
    expected: 'a command that ends at the first failure: after this, the next lines run whatever fails',
    example: 'if ! ./optional.sh; then echo "went without"; fi',
  },
  {
    is: ({ statement: { bare } }) =>
      !CONDITION.test(bare) && !TEST.test(bare) && /\|\|\s*(true|:|exit 0|echo|printf)(\s|$)/.test(bare),
    expected: 'a line whose failure counts',
    example: 'if [ -f lock ]; then rm lock; fi',
  },
  {
    is: ({ statement: { bare }, all }) =>
      /(?<![&<>|])&(?![&>\d-])/.test(bare) && !all.some((other) => /^wait\s+\S/.test(other.bare)),
    expected: 'a command that is waited for: nobody sees a failure in the background',
    example: './server & wait "$!"',
  },
  {
    is: ({ statement: { bare }, isLast }) =>
      !isLast && bare.includes('&&') && !bare.includes('||') && !CONDITION.test(bare) && !TEST.test(bare),
    expected: 'each command on a line of its own: where one before && fails, the next lines run all the same',
    example: 'git fetch origin main',
  },
  {
    is: ({ statement: { bare } }) =>
      /^(export|local|declare|readonly|typeset)\s.*\$\(/.test(bare.replace(HARMLESS, '')),
    expected: 'the variable set first, and exported on a line of its own: a failure inside $(…) is lost here',
    example: 'version=$(cat VERSION)',
  },
  {
    is: ({ statement: { bare } }) =>
      !CONDITION.test(bare) &&
      !TEST.test(bare) &&
      /^(?!\w+=|echo\s|printf\s|for\s|case\s)[^=\s]+\s.*\$\(/.test(bare.replace(HARMLESS, '')),
    expected: 'what $(…) gives in a variable first: a failure inside it is lost here',
    example: 'head=$(git rev-parse FETCH_HEAD)',
  },
  {
    is: ({ statement: { bare, quoted } }) => BY_ANOTHER_SHELL.test(bare) && quoted.some(goesOnInside),
    expected: 'set -e first in what another shell runs: it goes on after a failure',
    example: 'ssh web-1 "set -e; cd /srv/shop; ./deploy.sh"',
  },
  {
    is: ({ statement: { bare, indented }, isLast }) => !isLast && !indented && /^exit\s+0$/.test(bare),
    expected: 'nothing after exit 0: it never runs, and the step is done',
    example: 'if [ -f deployed ]; then exit 0; fi',
  },
  {
    is: ({ statement: { bare }, shell }) => shell === 'sh' && PIPE.test(bare),
    expected: 'bash, since sh sees only a failure of the last command in a pipe',
    example: 'shell: bash',
  },
];

function goesOn(statements: readonly Statement[], shell: string): readonly Swallowed[] {
  if (statements.length < 2 && !statements.some(({ bare }) => PIPE.test(bare))) return [];
  const expected = 'a shell that ends at the first failure: this one goes on after it';
  return [{ found: shell, expected, example: 'shell: bash' }];
}

const goesOnInside = (script: string): boolean =>
  /[;\n]|(?<!\|)\|(?!\|)/.test(script.trim()) && !/\bset -\w*e/.test(script);

const isShell = (shell: string): boolean => /(^|\/)(ba|da|a|k|z)?sh\s/.test(shell);

const shown = ({ bare }: Statement): string =>
  JSON.stringify(bare.length > 60 ? `${bare.slice(0, 60)}…` : bare);
