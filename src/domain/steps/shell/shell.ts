import { z } from 'zod';

const EXPECTED = 'bash, sh, or a program with its options, such as python3 -c';

/**
 * How a command is run. `bash` and `sh` end at the first command that fails; a program with its options, split at
 * spaces, is given the command as its last argument.
 */
export const Shell = z
  .string()
  .regex(/^(bash|sh|\S+( \S+)+)$/, `expected ${EXPECTED}`)
  .meta({ expected: EXPECTED, example: 'shell: bash' });

/** What a plan says where the playbook says nothing: bash, or on a machine without it an sh that is as strict. */
export const STRICT = 'strict';

/** A shell as people read it; undefined in plans of versions that ran everything by a plain sh. */
export function shellWords(shell: string | undefined): string {
  switch (shell) {
    case undefined:
      return 'shell command (plain sh: goes on after a failure)';
    case STRICT:
    case 'bash':
      return 'bash, ends at the first failure';
    case 'sh':
      return 'sh, ends at the first failure, but sees none inside a pipe';
    default:
      return `by ${shell.split(' ')[0]}`;
  }
}
