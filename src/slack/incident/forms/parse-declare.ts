import { Severity } from '../../../domain/severity.ts';
import { BLOCK } from '../../kit/ids.ts';
import type { ParsedForm } from '../../kit/parsed-form.ts';
import { readView } from '../../kit/view-state.ts';
import { DeclareMetadata, type Source } from './declare.ts';
import { ANOTHER } from './maybe-known.ts';

type DeclareFormValues = {
  readonly title: string;
  readonly severity: Severity;
  readonly services: string[];
  readonly impact: string;
  /** In percent, where somebody knows. */
  readonly usersAffected: number | null;
  /** ISO. */
  readonly startedAt: string;
  readonly commander: string | null;
  readonly source: Source | null;
  /** Incidents that it was said to be another than. */
  readonly distinctFrom: string[];
};

export type DeclareForm = {
  readonly declaration: DeclareFormValues;
  /** Where the form was asked for; '' where in no channel. */
  readonly asked: string;
  /** The open incident that it is; null where it is another, or nobody was asked. */
  readonly known: string | null;
  /** As it was sent, to be shown again. */
  readonly sent: unknown;
};

/** Parses `view` of a submitted declaration; `now` in ms. Everything that is missing is told at once, by block. */
export function parseDeclareForm(view: unknown, now: number): ParsedForm<DeclareForm> {
  const answers = readView(view);
  const shown = DeclareMetadata.parse(answers.metadata);
  const commander = answers.user(BLOCK.commander);
  const startedAt = answers.instant(BLOCK.startedAt) ?? shown.startedAt;
  const share = readShare(answers.text(BLOCK.usersAffected));
  const severity = Severity.safeParse(answers.chosen(BLOCK.severity)).data;
  const known = answers.chosen(BLOCK.known);
  const values = {
    title: answers.text(BLOCK.title) || shown.title.trim(),
    services: [...answers.ticked(BLOCK.services)],
    impact: answers.text(BLOCK.impact) || shown.impact.trim(),
    usersAffected: share ?? null,
    startedAt: new Date(startedAt).toISOString(),
    commander: commander === undefined ? shown.commander : commander,
    source: shown.source,
    distinctFrom: known === ANOTHER ? shown.alike : [],
  };
  const errors = {
    ...(values.title === '' ? { [BLOCK.title]: 'Say in a few words what is wrong.' } : {}),
    ...(severity === undefined ? { [BLOCK.severity]: 'Choose a severity.' } : {}),
    ...(values.impact === '' ? { [BLOCK.impact]: 'Say what users see, so that others can judge.' } : {}),
    ...(shown.alike.length > 0 && known === undefined ? { [BLOCK.known]: 'Say which it is.' } : {}),
    ...(share === undefined ? { [BLOCK.usersAffected]: 'Give a number from 0 to 100, or nothing.' } : {}),
    ...(startedAt > now + CLOCK_SKEW_MS
      ? { [BLOCK.startedAt]: 'That is in the future. When did it start?' }
      : {}),
  };
  return severity === undefined || Object.keys(errors).length > 0
    ? { ok: false, errors }
    : {
        ok: true,
        values: {
          declaration: { ...values, severity },
          ...{
            asked: shown.asked,
            known: known === undefined || known === ANOTHER ? null : known,
            sent: view,
          },
        },
      };
}

/** The picker knows whole minutes only, and clocks differ. */
const CLOCK_SKEW_MS = 2 * 60_000;

/** "40", "40 %" and "0.5" are shares; null for nothing, undefined for what is no share. */
function readShare(text: string): number | null | undefined {
  if (text === '') return null;
  const match = /^(\d{1,3}(?:[.,]\d+)?)\s*%?$/.exec(text);
  const share = Number(match?.[1]?.replace(',', '.'));
  return share <= 100 ? share : undefined;
}
