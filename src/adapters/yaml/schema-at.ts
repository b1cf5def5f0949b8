import { z } from 'zod';

export type Choose = (value: unknown) => z.ZodType | undefined;
type Part = PropertyKey;

/**
 * The schemas from the root down to a path, for their metadata: what is expected there, and an example.
 * A union is entered by the schema that `choose` picks for the value which is there.
 */
export function schemasTo(
  root: z.ZodType,
  path: readonly Part[],
  { value, choose }: { readonly value: unknown; readonly choose: Choose },
): readonly z.ZodType[] {
  const chain = [root];
  let here = value;
  let schema: z.ZodType | undefined = root;
  for (const part of path) {
    schema = schema && child(schema, part, choose(here));
    if (schema === undefined) return chain;
    here = valueAt(here, [part]);
    chain.push(schema);
  }
  return chain;
}

/** What is expected at a schema, in words: "a whole number from 100 to 599". */
export function describeSchema(schema: z.ZodType): string {
  const said = metaOf(schema, 'expected');
  if (said !== undefined) return said;
  const inner = unwrap(schema);
  if (inner instanceof z.ZodEnum) return `one of ${inner.options.join(', ')}`;
  if (inner instanceof z.ZodNumber) return describeNumber(inner);
  if (inner instanceof z.ZodString) return describeString(inner);
  if (inner instanceof z.ZodBoolean) return 'true or false';
  if (inner instanceof z.ZodTuple) return 'a list';
  if (inner instanceof z.ZodArray)
    return inner.def.checks?.length ? 'a list with at least one entry' : 'a list';
  if (inner instanceof z.ZodObject) return `a mapping with ${Object.keys(inner.shape).join(', ')}`;
  return 'a mapping of names to values';
}

/** A metadata text of a schema or of what it wraps, the outermost first. */
export function metaOf(schema: z.ZodType, key: 'expected' | 'example'): string | undefined {
  const text = schema.meta()?.[key];
  if (typeof text === 'string') return text;
  const inner = unwrapOnce(schema);
  return inner && metaOf(inner, key);
}

/** The keys that a mapping may have, or none where it may have any. */
export function knownKeys(schema: z.ZodType): readonly string[] {
  const inner = unwrap(schema);
  if (inner instanceof z.ZodRecord && inner.keyType instanceof z.ZodEnum)
    return inner.keyType.options.map(String);
  return inner instanceof z.ZodObject ? Object.keys(inner.shape) : [];
}

/** The schema of the values of a mapping of names to values. */
export function valueSchema(schema: z.ZodType): z.ZodType | undefined {
  const inner = unwrap(schema);
  return inner instanceof z.ZodRecord ? asSchema(inner.valueType) : undefined;
}

/** The schema of the keys of a mapping with free keys. */
export function keySchema(schema: z.ZodType): z.ZodType | undefined {
  const inner = unwrap(schema);
  return inner instanceof z.ZodRecord ? asSchema(inner.keyType) : undefined;
}

export function valueAt(value: unknown, path: readonly Part[]): unknown {
  return path.reduce<unknown>(
    (here, part) =>
      typeof here === 'object' && here !== null && Object.hasOwn(here, part)
        ? Object.getOwnPropertyDescriptor(here, part)?.value
        : undefined,
    value,
  );
}

function child(schema: z.ZodType, part: Part, chosen: z.ZodType | undefined): z.ZodType | undefined {
  const inner = unwrap(schema);
  if (inner instanceof z.ZodUnion) return chosen && child(chosen, part, undefined);
  if (inner instanceof z.ZodObject) return asSchema(inner.shape[String(part)]);
  if (inner instanceof z.ZodRecord) return asSchema(inner.valueType);
  if (inner instanceof z.ZodArray) return asSchema(inner.element);
  if (inner instanceof z.ZodTuple) return asSchema(inner.def.items[Number(part)]);
  return undefined;
}

/** A schema without what makes it optional or gives it a default. */
export function unwrap(schema: z.ZodType): z.ZodType {
  const inner = unwrapOnce(schema);
  return inner ? unwrap(inner) : schema;
}

function unwrapOnce(schema: z.ZodType): z.ZodType | undefined {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) {
    return asSchema(schema.def.innerType);
  }
  return schema instanceof z.ZodPipe ? asSchema(schema.def.in) : undefined;
}

export const asSchema = (value: unknown): z.ZodType | undefined =>
  value instanceof z.ZodType ? value : undefined;

function describeNumber(schema: z.ZodNumber): string {
  const kind = schema.isInt ? 'a whole number' : 'a number';
  const least = bound(schema.minValue);
  const most = bound(schema.maxValue);
  if (least !== undefined && most !== undefined) return `${kind} from ${least} to ${most}`;
  if (least !== undefined) return `${kind} of at least ${least}`;
  return most === undefined ? kind : `${kind} of at most ${most}`;
}

function describeString({ minLength, maxLength }: z.ZodString): string {
  if (maxLength !== null) return `a text of ${minLength ?? 0} to ${maxLength} characters`;
  return minLength === null ? 'a text' : 'a text that is not empty';
}

const bound = (value: number | null): number | undefined =>
  value === null || Math.abs(value) >= Number.MAX_SAFE_INTEGER ? undefined : value;
