import { z } from 'zod';

const UNITS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const EXPECTED = 'a duration such as 30s, 5m or 2h';
const PATTERN = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/;

/** A duration as written in YAML ("500ms", "30s", "5m", "2h", "1d"), parsed to milliseconds. */
export const Duration = z
  .string()
  .transform((text, context) => {
    const milliseconds = parseDuration(text);
    if (milliseconds !== undefined) return milliseconds;
    context.addIssue({ code: 'custom', message: `expected ${EXPECTED}` });
    return z.NEVER;
  })
  .meta({ expected: EXPECTED });

/** Milliseconds of a duration text, or undefined where it is none. */
export function parseDuration(text: string): number | undefined {
  const match = PATTERN.exec(text.trim());
  const unit = match?.[2];
  if (!match || !isUnit(unit)) return undefined;
  return Math.round(Number(match[1]) * UNITS[unit]);
}

/** Milliseconds as people read them, two units at most: "850 ms", "42 s", "3 min 5 s", "2 h 10 min". */
export function formatDuration(milliseconds: number): string {
  if (Math.round(milliseconds) < 1_000) return `${Math.max(0, Math.round(milliseconds))} ms`;
  const seconds = Math.round(milliseconds / 1_000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return joinUnits(`${minutes} min`, seconds % 60, 's');
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return joinUnits(`${hours} h`, minutes % 60, 'min');
  return joinUnits(`${Math.floor(hours / 24)} d`, hours % 24, 'h');
}

function isUnit(text: string | undefined): text is keyof typeof UNITS {
  return text !== undefined && text in UNITS;
}

const joinUnits = (large: string, rest: number, unit: string): string =>
  rest === 0 ? large : `${large} ${rest} ${unit}`;
