import { z } from 'zod';
import type { IncidentCommand } from '../../../engine/incident/act.ts';
import { LIMIT } from '../../kit/block-kit.ts';
import type { ParsedForm } from '../../kit/parsed-form.ts';
import { readView, type ViewAnswers } from '../../kit/view-state.ts';

/** What a submitted form about an incident asks for. */
export type IncidentOrder = { readonly incident: string; readonly command: IncidentCommand };

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

/** The incident that a submitted form is about, and its answers; `given` also finds what was left as it was shown. */
export function readOrder(
  view: unknown,
): ViewAnswers & { readonly incident: string; readonly given: (block: string) => string } {
  const answers = readView(view);
  const { incident, shown } = Metadata.parse(answers.metadata);
  const given = (block: string): string =>
    answers.chosen(block) ?? (answers.text(block) || (shown[block] ?? '').trim());
  return { ...answers, incident, given };
}

/** The order, or what is missing in the form by block. */
export const orderOr = (
  errors: Readonly<Record<string, string>>,
  order: IncidentOrder | undefined,
): ParsedForm<IncidentOrder> =>
  order === undefined || Object.keys(errors).length > 0 ? { ok: false, errors } : { ok: true, values: order };
