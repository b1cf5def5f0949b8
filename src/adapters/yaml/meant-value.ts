import { z } from 'zod';
import { nearest } from '../../domain/problem/nearest.ts';
import { unwrap } from './schema-at.ts';
import { quoted } from './syntax/fault.ts';

type Candidate = { readonly value: unknown; readonly text: string };

/**
 * A value that the schema refuses, as it was most likely meant and should be written: `10m` for "10 min", `false` for
 * off. Undefined where nothing near it is right: an example that turns what was meant into something else is worse
 * than any other.
 */
export function meantValue(schema: z.ZodType, value: unknown): string | undefined {
  const candidates = [
    ...(typeof value === 'string' ? readings(value.trim()) : []),
    ...(value === 0 || value === 1 ? [plain(value === 1)] : []),
    ...(typeof value === 'string' ? [...nearWord(schema, value), asList(value)] : []),
  ];
  return candidates.find((candidate) => schema.safeParse(candidate.value).success)?.text;
}

const plain = (value: string | number | boolean): Candidate => ({ value, text: String(value) });

function readings(text: string): readonly Candidate[] {
  const found = /^(\d+)\s*(ms|[smhd])[a-z]*$/i.exec(text);
  return [
    ...(/^\d+(\.\d+)?$/.test(text) ? [plain(Number(text))] : []),
    ...(/^(yes|y|on|true|1)$/i.test(text) ? [plain(true)] : []),
    ...(/^(no|n|off|false|0)$/i.test(text) ? [plain(false)] : []),
    ...(/^\d:\d\d$/.test(text) ? [{ value: `0${text}`, text: `"0${text}"` }] : []),
    ...(found ? [plain(`${found[1]}${found[2]?.toLowerCase()}`)] : []),
    // An id as a mention or in small letters, then a name with capitals, spaces or underscores.
    plain(text.replace(/[<>@#!]|\|.*$/g, '').toUpperCase()),
    plain(
      text
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-')
        .replace(/^-|-$/g, ''),
    ),
  ];
}

function nearWord(schema: z.ZodType, text: string): readonly Candidate[] {
  const inner = unwrap(schema);
  const near = inner instanceof z.ZodEnum ? nearest(text, inner.options.map(String)) : undefined;
  return near === undefined ? [] : [plain(near)];
}

const asList = (text: string): Candidate => ({
  value: [text],
  text: `[${/^[\w./-]+$/.test(text) ? text : quoted(text)}]`,
});
