import { z } from 'zod';

const LONGEST_VALUE = 2_000;
/** What was typed, as far as a button carries it. */
export const LONGEST_TYPED = 200;
/** Of an incident. */
const LONGEST_TITLE = 150;

/** Approve and Deny name the plan that was shown, so that a press on an older one can be refused. */
export const ApprovalButton = z.strictObject({ run: z.string().min(1), digest: z.string().min(1) });
export type ApprovalButton = z.infer<typeof ApprovalButton>;

/** Retry, Skip, Abort, Done and Can't do name the attempt that they judge. */
export const StepButton = z.strictObject({
  run: z.string().min(1),
  step: z.string().min(1),
  attempt: z.number().int().nonnegative(),
});
export type StepButton = z.infer<typeof StepButton>;

export const RunButton = z.strictObject({ run: z.string().min(1) });
export type RunButton = z.infer<typeof RunButton>;

export const OpenFormButton = z.strictObject({
  service: z.string().optional(),
  target: z.string().max(LONGEST_TYPED).optional(),
  reason: z.string().max(LONGEST_TYPED).optional(),
  /** The thread that the answer stands in. */
  threadTs: z.string().optional(),
});
export type OpenFormButton = z.infer<typeof OpenFormButton>;

/** Every button of an incident, with what else its action needs; what it is about is the incident as it stands. */
export const IncidentButton = z.strictObject({ incident: z.string().min(1) });
export type IncidentButton = z.infer<typeof IncidentButton>;

/** A button that is folded away: which it is, and what it carries. */
export const FoldedButton = z.strictObject({ action: z.string().min(1), value: z.string() });
export type FoldedButton = z.infer<typeof FoldedButton>;

/** Rolls back: at once as it was said to go, or without `moves` by a form. */
export const RollBackButton = IncidentButton.extend({ moves: z.string().optional() });
export type RollBackButton = z.infer<typeof RollBackButton>;

/** Opens the declaration, with the title that was typed, and the thread it was asked in as the source. */
export const DeclareButton = z.strictObject({
  threadTs: z.string().optional(),
  title: z.string().max(LONGEST_TITLE).optional(),
});
export type DeclareButton = z.infer<typeof DeclareButton>;

/** A button's value as text. Throws on one that is too long for Slack: a bug, since values are ids. */
export function encodeButton(
  value:
    | ApprovalButton
    | StepButton
    | RunButton
    | OpenFormButton
    | (IncidentButton & Readonly<Record<string, string>>)
    | DeclareButton,
): string {
  const text = JSON.stringify(value);
  if (text.length > LONGEST_VALUE) throw new Error(`button value of ${text.length} characters`);
  return text;
}

/** What a pressed button carries, or undefined for one that is not ours or was made by another version. */
export function parseButton<Value>(schema: z.ZodType<Value>, text: string | undefined): Value | undefined {
  return schema.safeParse(parseJson(text)).data;
}

/** JSON from outside, or undefined where it is none. */
function parseJson(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
