import type { Severity } from '../../domain/severity.ts';

/** What somebody typed after `/rollback` or after mentioning the bot. */
export type RollbackCommand =
  | { readonly kind: 'open'; readonly service?: string; readonly target?: string }
  | { readonly kind: 'list' }
  | { readonly kind: 'status'; readonly run?: string }
  | { readonly kind: 'plan'; readonly service: string; readonly target?: string }
  | { readonly kind: 'cancel'; readonly run: string; readonly reason: string | null }
  | {
      readonly kind: 'unlock';
      readonly service: string;
      readonly environment: string;
      readonly reason: string;
    }
  | { readonly kind: 'help' }
  | { readonly kind: 'misused'; readonly usage: string };

/** The severity that a plan is shown for when nobody has chosen one: the most urgent. */
export const SHOWN_SEVERITY: Severity = 'P0';

/** Parses `/rollback` text. Whatever is no known word is taken for a service's name. */
export function parseRollbackCommand(text: string): RollbackCommand {
  const [word = '', first, second, ...rest] = text.trim().split(/\s+/);
  switch (word.toLowerCase()) {
    case '':
      return { kind: 'open' };
    case 'help':
      return { kind: 'help' };
    case 'list':
      return { kind: 'list' };
    case 'status':
      return first === undefined ? { kind: 'status' } : { kind: 'status', run: runId(first) };
    case 'plan':
      if (first === undefined) return { kind: 'misused', usage: 'plan SERVICE [TARGET]' };
      return { kind: 'plan', service: first, ...(second === undefined ? {} : { target: second }) };
    case 'cancel': {
      if (first === undefined) return { kind: 'misused', usage: 'cancel RUN [REASON]' };
      const reason = [second, ...rest].join(' ').trim();
      return { kind: 'cancel', run: runId(first), reason: reason === '' ? null : reason };
    }
    case 'unlock':
      if (first === undefined || second === undefined || rest.length === 0) {
        return { kind: 'misused', usage: 'unlock SERVICE ENVIRONMENT REASON' };
      }
      return { kind: 'unlock', service: first, environment: second, reason: rest.join(' ') };
    default:
      return { kind: 'open', service: word, ...(first === undefined ? {} : { target: first }) };
  }
}

/** "run-31", "31" and "RUN-31" all mean RUN-31. */
const runId = (text: string): string => (/^\d+$/.test(text) ? `RUN-${text}` : text.toUpperCase());
