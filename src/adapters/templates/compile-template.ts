import Handlebars from 'handlebars';
import { type Draw, foreign } from '../../words/text.ts';
import { vocabulary } from './vocabulary.ts';

export type CompiledTemplate = (data: unknown) => string;
export type CompileTemplate = (program: hbs.AST.Program) => CompiledTemplate;

/**
 * Compiles parsed and checked templates for one channel: `draw` draws what helpers make, and all that is foreign.
 * The output of a template has no blank lines at the ends and never two together.
 */
export function createTemplateCompiler(draw: Draw): CompileTemplate {
  const handlebars = Handlebars.create();
  for (const [name, word] of Object.entries(vocabulary)) {
    // Handlebars adds an argument of its own, its options, behind those of the template.
    handlebars.registerHelper(name, (...given: readonly unknown[]) => {
      const said = word.say(...given.slice(0, word.arguments));
      return typeof said === 'object' ? new Handlebars.SafeString(draw(said)) : said;
    });
  }
  const drawing = escapeBy(draw);
  return (program) => {
    const render = handlebars.compile<unknown>(program, {
      strict: true,
      knownHelpers,
      knownHelpersOnly: true,
    });
    return (data) =>
      escaping(drawing, () => render(data))
        .replace(/(?<![ \t])[ \t]+\n/g, '\n')
        .replace(/\n{3,}/g, '\n\n')
        .trim();
  };
}

const knownHelpers = Object.fromEntries(Object.keys(vocabulary).map((name) => [name, true]));

type Escape = (value: unknown) => string;

const escapeBy =
  (draw: Draw): Escape =>
  (value) => {
    if (value instanceof Handlebars.SafeString) return value.toHTML();
    return value === undefined || value === null ? '' : draw(foreign(String(value)));
  };

/** Handlebars escapes for HTML, by one function for the whole process: while a template is rendered it is the channel's. */
function escaping(by: Escape, render: () => string): string {
  const usual = Handlebars.Utils.escapeExpression;
  Handlebars.Utils.escapeExpression = by;
  try {
    return render();
  } finally {
    Handlebars.Utils.escapeExpression = usual;
  }
}
