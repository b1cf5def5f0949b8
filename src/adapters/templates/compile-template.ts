import Handlebars from 'handlebars';
import { escapeMrkdwn } from './mrkdwn.ts';
import { vocabulary } from './vocabulary.ts';

export type CompiledTemplate = (data: unknown) => string;

/** Compiles a parsed and checked template. Its output has no blank lines at the ends and never two together. */
export function compileTemplate(program: hbs.AST.Program): CompiledTemplate {
  const render = handlebars.compile<unknown>(program, { strict: true, knownHelpers, knownHelpersOnly: true });
  return (data) =>
    render(data)
      .replace(/[ \t]+\n/g, '\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim();
}

// Handlebars escapes for HTML, by one function for the whole process; messages need Slack's three characters.
Handlebars.Utils.escapeExpression = (value: unknown): string => {
  if (value instanceof Handlebars.SafeString) return value.toHTML();
  return value === undefined || value === null ? '' : escapeMrkdwn(String(value));
};

const handlebars = Handlebars.create();
const knownHelpers = Object.fromEntries(Object.keys(vocabulary).map((name) => [name, true]));
for (const [name, word] of Object.entries(vocabulary)) {
  // Handlebars adds an argument of its own, its options, behind those of the template.
  handlebars.registerHelper(name, (...given: readonly unknown[]) =>
    word.run(...given.slice(0, word.arguments)),
  );
}
