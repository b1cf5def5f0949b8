import { z } from 'zod';

/** What a template's data looks like, as far as its check needs to know. */
export type Shape =
  | { readonly kind: 'value'; readonly sample: string | number | boolean }
  | { readonly kind: 'list'; readonly element: Shape }
  | { readonly kind: 'object'; readonly fields: Readonly<Record<string, Shape>> };

/** The shape that a zod schema describes. Templates are given objects, lists, texts, numbers and booleans only. */
export function shapeOf(schema: unknown): Shape {
  if (schema instanceof z.ZodObject) {
    const fields = Object.entries(schema.shape).map(([name, field]) => [name, shapeOf(field)] as const);
    return { kind: 'object', fields: Object.fromEntries(fields) };
  }
  if (schema instanceof z.ZodArray) return { kind: 'list', element: shapeOf(schema.element) };
  if (schema instanceof z.ZodString) return { kind: 'value', sample: 'text' };
  if (schema instanceof z.ZodNumber) return { kind: 'value', sample: 1 };
  if (schema instanceof z.ZodBoolean) return { kind: 'value', sample: true };
  if (schema instanceof z.ZodEnum) return { kind: 'value', sample: schema.options[0] ?? '' };
  throw new TypeError('templates are given objects, lists, texts, numbers and booleans only');
}

/** Data of a shape, each list with one element: a template is rendered with it once, at start. */
export function sampleOf(shape: Shape): unknown {
  if (shape.kind === 'value') return shape.sample;
  if (shape.kind === 'list') return [sampleOf(shape.element)];
  return Object.fromEntries(Object.entries(shape.fields).map(([name, field]) => [name, sampleOf(field)]));
}
