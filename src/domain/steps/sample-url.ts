import { namedEntries } from '../problem/partly.ts';
import { OWN_VARIABLES } from './reserved-variables.ts';
import { fillUrl, findPlaceholders } from './url-placeholders.ts';

/** The url with real variables and made-up parameters, or undefined where another rule has spoken already. */
export function sampleUrl(
  url: string,
  {
    variables,
    parameters,
  }: {
    readonly variables: Readonly<Record<string, string | undefined>>;
    /** Names, or undefined where not all of them could be read. */
    readonly parameters: readonly string[] | undefined;
  },
): string | undefined {
  if (parameters === undefined) return undefined;
  const used = findPlaceholders(url, parameters);
  const values = { ...Object.fromEntries(namedEntries(variables)), ...sampleOf(OWN_VARIABLES) };
  const unset = used.variables.some((name) => !Object.hasOwn(values, name));
  if (used.malformed.length > 0 || unset) return undefined;
  return fillUrl(url, { variables: values, parameters: sampleOf(parameters) });
}

export const isHttpUrl = (url: string): boolean =>
  URL.canParse(url) && ['http:', 'https:'].includes(new URL(url).protocol);

const sampleOf = (names: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(names.map((name) => [name, 'sample']));
