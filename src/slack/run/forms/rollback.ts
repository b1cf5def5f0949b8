import type { Parameter } from '../../../domain/playbook/playbook.ts';
import { ChecklistItem } from '../../../domain/run/events.ts';
import type { Severity } from '../../../domain/severity.ts';
import type { Team } from '../../../domain/team/team.ts';
import type { Target } from '../../../engine/plan/service-state.ts';
import { severityBlocks } from '../../incident/forms/severity-choices.ts';
import { type Block, context, type Modal, modal, section } from '../../kit/block-kit.ts';
import { BLOCK, parameterBlock, VIEW } from '../../kit/ids.ts';
import { type Choice, checkboxes, select, textField } from '../../kit/inputs.ts';
import { CHECKLIST } from '../checklist-text.ts';
import type { Origin } from './origin.ts';
import { type RollbackFacts, rollbackFacts } from './rollback-facts.ts';
import { formMetadata, LONGEST_COMMIT, LONGEST_PARAMETER, LONGEST_REASON } from './rollback-metadata.ts';
import { chooseTarget } from './target-choices.ts';

export type RollbackPrefill = {
  readonly environment?: string | undefined;
  readonly playbook?: string | undefined;
  /** As typed: a release, a commit, or what refusal is to be mended. */
  readonly target?: string | undefined;
  readonly severity?: Severity | undefined;
  readonly reason?: string | undefined;
  readonly checklist?: readonly ChecklistItem[] | undefined;
  readonly parameters?: Readonly<Record<string, string>> | undefined;
};

export type RollbackForm = {
  readonly service: string;
  readonly serviceTitle: string;
  readonly facts: RollbackFacts;
  readonly environments: readonly string[];
  readonly playbooks: readonly { readonly name: string; readonly title: string }[];
  /** What can be gone back to: the previous release first, without what is deployed. */
  readonly targets: readonly Target[];
  readonly severities: Team['severities'];
  readonly parameters: readonly Parameter[];
  readonly prefill: RollbackPrefill;
  readonly origin: Origin;
  /** mrkdwn on top: who holds the lock. */
  readonly notice?: string | undefined;
};

/**
 * The form that asks for a rollback, under what is known before anything is filled in. `targets` may be empty: then a
 * commit must be typed. No severity is chosen for the person, unless that of an incident.
 */
export function rollbackFormView(form: RollbackForm): Modal {
  const { prefill } = form;
  const { severity } = prefill;
  const target = chooseTarget(form.targets, prefill.target);
  const initial = {
    [BLOCK.environment]: prefill.environment ?? form.environments[0],
    [BLOCK.playbook]: prefill.playbook ?? form.playbooks[0]?.name,
    [BLOCK.target]: target.initial,
    [BLOCK.severity]: severity,
    [BLOCK.reason]: prefill.reason,
  };
  return modal({
    callback: VIEW.rollbackForm,
    title: 'Roll back',
    submit: 'Ask for approval',
    close: 'Cancel',
    metadata: formMetadata(
      { service: form.service, ...form.origin },
      { ...initial, ...parameterDefaults(form) },
    ),
    blocks: [
      ...(form.notice === undefined ? [] : [section(form.notice)]),
      ...rollbackFacts(form.serviceTitle, form.facts),
      choice(BLOCK.environment, 'Environment', form.environments.map(asChoice), initial[BLOCK.environment]),
      ...targetBlocks(target.choices, initial[BLOCK.target]),
      choice(BLOCK.playbook, 'Playbook', form.playbooks.map(playbookChoice), initial[BLOCK.playbook]),
      ...severityBlocks(form, severity),
      textField({
        block: BLOCK.reason,
        label: 'What is wrong?',
        longest: LONGEST_REASON,
        multiline: true,
        initial: prefill.reason,
      }),
      checkboxes({
        block: BLOCK.checklist,
        label: 'Before rolling back',
        choices: ChecklistItem.options.map((item) => ({ value: item, text: CHECKLIST[item] })),
        ticked: prefill.checklist ?? [],
      }),
      ...form.parameters.map((parameter) => parameterInput(parameter, prefill.parameters?.[parameter.name])),
      ...(form.origin.threadTs === undefined
        ? []
        : [context('The request is posted in the thread you came from.')]),
    ],
  });
}

const choice = (
  block: string,
  label: string,
  choices: readonly Choice[],
  initial: string | undefined,
): Block => select({ block, label, choices, initial });

function targetBlocks(choices: readonly Choice[], initial: string | undefined): readonly Block[] {
  const commit = {
    block: BLOCK.commit,
    longest: LONGEST_COMMIT,
    placeholder: 'v1.2.0 or 3fa8c21',
  };
  if (choices.length === 0) return [textField({ ...commit, label: 'Back to which commit or tag?' })];
  return [
    select({ block: BLOCK.target, label: 'Back to', choices, initial, left: true }),
    textField({
      ...commit,
      label: 'Or another commit or tag',
      hint: 'If you type one, it counts instead of the choice above.',
      optional: true,
    }),
  ];
}

function parameterInput(parameter: Parameter, typed: string | undefined): Block {
  const block = parameterBlock(parameter.name);
  const label = parameter.name.replaceAll('_', ' ');
  const initial = typed ?? parameter.default;
  if (parameter.choices !== undefined) {
    const choices = parameter.choices.map((value) => ({ value, text: value }));
    return select({ block, label, hint: parameter.description, choices, initial });
  }
  const optional = parameter.default !== undefined;
  const hint = parameter.default
    ? `${parameter.description} Left empty: ${parameter.default}`
    : parameter.description;
  return textField({ block, label, hint, longest: LONGEST_PARAMETER, optional, initial });
}

const parameterDefaults = ({ parameters, prefill }: RollbackForm): Record<string, string | undefined> =>
  Object.fromEntries(
    parameters.map(({ name, default: fallback, choices }) => [
      parameterBlock(name),
      choices === undefined ? fallback : (prefill.parameters?.[name] ?? fallback ?? choices[0]),
    ]),
  );

const asChoice = (value: string): Choice => ({ value, text: value });
const playbookChoice = ({ name, title }: { readonly name: string; readonly title: string }): Choice => ({
  value: name,
  text: title,
});
