import { z } from 'zod';
import { asSchema, type Choose, unwrap, valueSchema } from './schema-at.ts';

/**
 * As much of a value as fits its schema, parsed. A part that doesn't fit is undefined, and so is what is missing:
 * required, or of a mapping with unknown keys, one of which may have been meant for it.
 */
export function readablePart(schema: z.ZodType, value: unknown, choose: Choose): unknown {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const inner = unwrap(schema);
  if (inner instanceof z.ZodUnion) {
    return readablePart(choose(value) ?? z.object(sharedShape(inner)), value, choose);
  }
  if (inner instanceof z.ZodArray && Array.isArray(value) && value.length > 0) {
    const element = asSchema(inner.element);
    return element && value.map((entry: unknown) => readablePart(element, entry, choose));
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const given = new Map<string, unknown>(Object.entries(value));
  if (inner instanceof z.ZodObject) return readableObject(inner, given, choose);
  const entry = valueSchema(inner);
  return (
    entry && Object.fromEntries([...given].map(([key, part]) => [key, readablePart(entry, part, choose)]))
  );
}

function readableObject(schema: z.ZodObject, given: ReadonlyMap<string, unknown>, choose: Choose): unknown {
  const known = Object.entries(schema.shape).flatMap(([key, part]) => {
    const child = asSchema(part);
    return child ? [[key, child] as const] : [];
  });
  const keysAreKnown = [...given.keys()].every((key) => Object.hasOwn(schema.shape, key));
  return Object.fromEntries(
    known.flatMap(([key, child]) => {
      if (given.has(key)) return [[key, readablePart(child, given.get(key), choose)]];
      const left = child.safeParse(undefined);
      // Left out on purpose, and nothing stands for it: not there, instead of there and unreadable.
      if (keysAreKnown && left.success && left.data === undefined) return [];
      return [[key, keysAreKnown ? left.data : undefined]];
    }),
  );
}

/** What all alternatives have in common, for a value that is none of them. */
function sharedShape(union: z.ZodUnion): Record<string, z.ZodType> {
  const [first, ...others] = union.options.map((option) =>
    option instanceof z.ZodObject ? option.shape : {},
  );
  return Object.fromEntries(
    Object.entries(first ?? {}).flatMap(([key, part]) => {
      const schema = asSchema(part);
      return schema && others.every((shape) => shape[key] === part) ? [[key, schema]] : [];
    }),
  );
}
