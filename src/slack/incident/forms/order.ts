import { z } from 'zod';
import type { IncidentCommand } from '../../../domain/incident/actions/commands.ts';
import { LIMIT } from '../../kit/block-kit.ts';
import type { ParsedForm } from '../../kit/parsed-form.ts';
import { readView, type ViewAnswers } from '../../kit/view-state.ts';

/** What a submitted form about an incident, or a press of its buttons, asks for. */
export type IncidentOrder = { readonly incident: string; readonly command: IncidentCommand };

/** What a submitted form says; `given` also finds what was left as it was shown. */
export type FormAnswers = ViewAnswers & { readonly given: (block: string) => string };

const Metadata = z.object({
  incident: z.string().min(1),
  /** By block, what fields showed when the form was opened: some clients send nothing for one that nobody touched. */
  shown: z.record(z.string(), z.string()).default({}),
});

/** JSON of at most 3,000 characters; what fields showed is left out where it is too much. */
export function orderMetadata(incident: string, shown: Readonly<Record<string, string>> = {}): string {
  const whole = JSON.stringify({ incident, shown });
  return whole.length <= LIMIT.metadata ? whole : JSON.stringify({ incident });
}

/** The incident that a submitted form is about, and its answers. Throws for a view that is none of ours. */
export function readOrder(view: unknown): { readonly incident: string; readonly answers: FormAnswers } {
  const answers = readView(view);
  const { incident, shown } = Metadata.parse(answers.metadata);
  const given = (block: string): string =>
    answers.chosen(block) ?? (answers.text(block) || (shown[block] ?? '').trim());
  return { incident, answers: { ...answers, given } };
}

/** What the form says, or what is missing in it by block. */
export const valuesOr = <Values>(
  errors: Readonly<Record<string, string>>,
  values: Values | undefined,
): ParsedForm<Values> =>
  values === undefined || Object.keys(errors).length > 0 ? { ok: false, errors } : { ok: true, values };
