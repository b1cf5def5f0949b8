import { type Document, isMap, isScalar, type Node, type Scalar } from 'yaml';
import { describeFound, type Path } from '../../domain/problem/problem.ts';
import { spotAt } from './locate.ts';

/**
 * How a file's values stand in its text. YAML reads `1.10` as the number 1.1, `012` as 12 and `~` as nothing: whoever
 * wrote them shall find in a message what they wrote.
 */
export type AsWritten = {
  /** The text of a value that YAML doesn't take for a text; undefined for others, for empty ones, and for none. */
  readonly value: (path: Path) => string | undefined;
  /** What a rule found at a path, which it may leave to us: then it is what stands there, if that is one value. */
  readonly found: (path: Path, said: string | undefined) => string | undefined;
  /** What was found of the key of a path: the key itself is shown as it is written. */
  readonly foundKey: (path: Path, said: string | undefined) => string | undefined;
  /** A path with its keys as they are written. */
  readonly path: (path: Path) => Path;
};

export function asWritten({
  document,
  text,
}: {
  readonly document: Document;
  readonly text: string;
}): AsWritten {
  return {
    value: (path) => {
      const node = spotAt(document, path)?.value;
      if (isScalar(node)) return typeof node.value === 'string' ? undefined : sourceOf(node);
      return templateIn(node, text);
    },
    found: (path, said) => {
      const node = spotAt(document, path)?.value;
      if (!isScalar(node) || (said !== undefined && said !== String(node.value))) return said;
      return typeof node.value === 'string' ? describeFound(node.value) : (sourceOf(node) ?? said);
    },
    foundKey: (path, said) => {
      const key = spotAt(document, path)?.key;
      const asRead = describeFound(path.at(-1));
      return isScalar(key) && typeof key.value !== 'string' && said === asRead ? key.source || said : said;
    },
    path: (path) =>
      path.map((part, index) => {
        const key = spotAt(document, path.slice(0, index + 1))?.key;
        return isScalar(key) && typeof key.value !== 'string' && key.source ? key.source : part;
      }),
  };
}

/** Where nothing was read there may be a comment: `incidents: #incidents`. */
const sourceOf = ({ source, comment, value }: Scalar): string | undefined =>
  source || (value === null && comment ? `#${comment}` : undefined);

/** `{{ x }}` is a template to a person, and to YAML a mapping with a mapping as its key. */
function templateIn(node: Node | undefined, text: string): string | undefined {
  if (!isMap(node) || !node.flow || !node.range || !node.items.some(({ key }) => isMap(key)))
    return undefined;
  return text.slice(node.range[0], node.range[1]).trim();
}
