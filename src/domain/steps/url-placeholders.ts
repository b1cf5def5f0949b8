const PLACEHOLDER = /\$\{([^}]*)\}/g;
const ENVIRONMENT_NAME = /^[A-Z][A-Z0-9_]*$/;

export type Placeholders = {
  /** Written in lower case: parameters of the playbook. */
  readonly parameters: readonly string[];
  /** Written in capitals: variables of the environment. */
  readonly variables: readonly string[];
  /** Neither, or not closed. */
  readonly malformed: readonly string[];
};

/** The `${...}` names in an http url, by what they can mean; `parameters` are the names of the playbook's. */
export function findPlaceholders(url: string, parameters: readonly string[]): Placeholders {
  const names = [...url.matchAll(PLACEHOLDER)].map((match) => match[1] ?? '');
  const known = new Set(parameters);
  const unclosed = url.replace(PLACEHOLDER, '').includes('${') ? ['${ without }'] : [];
  return {
    parameters: names.filter((name) => known.has(name)),
    variables: names.filter(isVariableName),
    malformed: [...names.filter((name) => !known.has(name) && !isVariableName(name)), ...unclosed],
  };
}

/** Whether an environment may have a variable of this name. */
export const isVariableName = (name: string): boolean => ENVIRONMENT_NAME.test(name);

/** Fills a url in: variables as they are, since they hold its beginning; parameters percent-encoded. */
export function fillUrl(
  url: string,
  {
    variables,
    parameters,
  }: {
    readonly variables: Readonly<Record<string, string>>;
    readonly parameters: Readonly<Record<string, string>>;
  },
): string {
  return url.replace(PLACEHOLDER, (_whole, name: string) => {
    const parameter = parameters[name];
    if (parameter !== undefined) return encodeURIComponent(parameter);
    const variable = variables[name];
    if (variable === undefined) throw new Error(`no value for \${${name}} in ${url}`);
    return variable;
  });
}
