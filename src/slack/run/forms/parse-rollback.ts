import { ChecklistItem } from '../../../domain/run/events.ts';
import { Severity } from '../../../domain/severity.ts';
import { typedName } from '../../../domain/typed-name.ts';
import { BLOCK, parameterOfBlock } from '../../kit/ids.ts';
import type { ParsedForm } from '../../kit/parsed-form.ts';
import { readView, type ViewAnswers } from '../../kit/view-state.ts';
import { type Origin, originOf } from './origin.ts';
import { FormMetadata } from './rollback-metadata.ts';

export type RollbackFormValues = {
  readonly service: string;
  readonly origin: Origin;
  readonly environment: string;
  readonly playbook: string;
  /** What was typed, else what was chosen: a commit, a tag or a full hash. Not looked up yet. */
  readonly target: string;
  readonly severity: Severity;
  readonly reason: string;
  readonly checklist: readonly ChecklistItem[];
  /** By name; one left empty is absent, and the playbook's default counts. */
  readonly parameters: Readonly<Record<string, string>>;
};

/** Parses `view` of a submitted rollback form. Everything that is missing is told at once, by block. */
export function parseRollbackForm(view: unknown): ParsedForm<RollbackFormValues> {
  const answers = readView(view);
  const { service, shown } = FormMetadata.parse(answers.metadata);
  const chosen = (block: string): string => answers.chosen(block) ?? shown[block] ?? '';
  const severity = Severity.safeParse(chosen(BLOCK.severity)).data;
  const values = {
    service,
    origin: originOf(answers.metadata),
    environment: chosen(BLOCK.environment),
    playbook: chosen(BLOCK.playbook),
    target: typedName(answers.text(BLOCK.commit)) || chosen(BLOCK.target),
    reason: answers.text(BLOCK.reason) || (shown[BLOCK.reason] ?? '').trim(),
    checklist: answers.ticked(BLOCK.checklist).flatMap((item) => ChecklistItem.safeParse(item).data ?? []),
    parameters: readParameters(answers, shown),
  };
  const errors = missing(values, severity);
  if (severity === undefined || Object.keys(errors).length > 0) return { ok: false, errors };
  return { ok: true, values: { ...values, severity } };
}

function readParameters(
  answers: ViewAnswers,
  shown: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    answers.blocks.flatMap((block) => {
      const name = parameterOfBlock(block);
      const value = answers.text(block) || answers.chosen(block) || shown[block];
      return name === undefined || !value ? [] : [[name, value]];
    }),
  );
}

function missing(
  values: Omit<RollbackFormValues, 'severity'>,
  severity: Severity | undefined,
): Readonly<Record<string, string>> {
  return {
    ...(values.environment === '' ? { [BLOCK.environment]: 'Choose an environment.' } : {}),
    ...(values.playbook === '' ? { [BLOCK.playbook]: 'Choose a playbook.' } : {}),
    ...(values.target === '' ? { [BLOCK.commit]: 'Type the commit or tag to go back to.' } : {}),
    ...(severity === undefined ? { [BLOCK.severity]: 'Choose a severity.' } : {}),
    ...(values.reason === '' ? { [BLOCK.reason]: 'Say what is wrong, so that approvers can judge.' } : {}),
  };
}
