import type { Refusal } from '../refusal.ts';
import type { Playbook } from './playbook.ts';

export type CheckedParameters =
  | { readonly ok: true; readonly values: Readonly<Record<string, string>> }
  | { readonly ok: false; readonly refusal: Refusal };

/** Longest value of a parameter, in characters. */
const LONGEST_PARAMETER = 500;

/**
 * Parameters as a person gave them, checked and completed with defaults. An empty text counts as not given.
 * The first one that is wrong is refused.
 */
export function checkParameters(
  playbook: Playbook,
  given: Readonly<Record<string, string>>,
): CheckedParameters {
  const known = playbook.parameters.map((parameter) => parameter.name);
  const unknown = Object.keys(given).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    const expected = known.length === 0 ? 'no parameters at all' : `one of ${known.join(', ')}`;
    return refused(unknown, expected);
  }
  const values: Record<string, string> = {};
  for (const parameter of playbook.parameters) {
    const value = (Object.hasOwn(given, parameter.name) && given[parameter.name]) || parameter.default;
    if (value === undefined) return refused(parameter.name, `a value: ${parameter.description}`);
    const expected = value === parameter.default ? undefined : expectationOf(parameter, value);
    if (expected !== undefined) return refused(parameter.name, expected);
    values[parameter.name] = value;
  }
  return { ok: true, values };
}

/** What a value of this parameter should have been, or undefined where it is right. The pattern is matched whole. */
export function expectationOf(
  parameter: { readonly choices?: readonly string[] | undefined; readonly pattern?: string | undefined },
  value: string,
): string | undefined {
  if (parameter.choices && !parameter.choices.includes(value))
    return `one of ${parameter.choices.join(', ')}`;
  if (value.length > LONGEST_PARAMETER) return `at most ${LONGEST_PARAMETER} characters`;
  if (/\p{Cc}/u.test(value)) return 'one line without control characters';
  // In a path these would lead elsewhere, however they are encoded.
  if (value === '.' || value === '..') return 'something other than dots alone';
  if (parameter.pattern === undefined) return undefined;
  return new RegExp(`^(?:${parameter.pattern})$`, 'u').test(value)
    ? undefined
    : `a text that matches ${parameter.pattern}`;
}

const refused = (parameter: string, expected: string): CheckedParameters => ({
  ok: false,
  refusal: { reason: 'bad-parameter', parameter, expected },
});
