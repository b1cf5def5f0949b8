import type { Incident } from '../../../domain/incident/incident.ts';
import { type Block, section } from '../../kit/block-kit.ts';
import { textField } from '../../kit/inputs.ts';
import type { ParsedForm } from '../../kit/parsed-form.ts';
import { oneLine } from '../../kit/text.ts';
import { type FormAnswers, valuesOr } from './order.ts';

const LONGEST = 1_000;

/** What a form asks that wants one text of a person, below a word on what follows from it; and how it is read. */
export const oneText = <Fields>({
  intro,
  block,
  label,
  missing,
  fields,
}: {
  readonly intro: (incident: Incident) => string;
  readonly block: string;
  readonly label: string;
  readonly missing: string;
  readonly fields: (text: string) => Fields;
}) => ({
  ask: (incident: Incident): { readonly blocks: readonly Block[] } => ({
    blocks: [
      section(`*${incident.id}* ${oneLine(incident.title, 150)}\n${intro(incident)}`),
      textField({ block, label, longest: LONGEST, multiline: true }),
    ],
  }),
  read: ({ text }: FormAnswers): ParsedForm<Fields> => {
    const given = text(block);
    return valuesOr(given === '' ? { [block]: missing } : {}, fields(given));
  },
});
