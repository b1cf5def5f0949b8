import type { Incident } from '../../../domain/incident/incident.ts';
import type { Severity } from '../../../domain/severity.ts';
import { type Block, context, type Modal, plain, section } from '../../kit/block-kit.ts';
import { formAgain } from '../../kit/form-again.ts';
import { BLOCK } from '../../kit/ids.ts';
import { radios } from '../../kit/inputs.ts';
import { readView } from '../../kit/view-state.ts';
import { incidentLine } from '../list.ts';
import { DeclareMetadata, declareMetadata } from './declare.ts';

const SHOWN = 3;

/** The answer that it is none of those shown. */
export const ANOTHER = 'another';

type Question = {
  /** Open incidents that it may be, the likeliest first; none: it stands again as it was. */
  readonly alike: readonly Incident[];
  /** As chosen. */
  readonly severity: Severity;
  /** In ms. */
  readonly now: number;
  /** mrkdwn above it all. */
  readonly notice?: string;
};

/**
 * `view` of a declaration that was sent, with all that was typed, under the question whether it is one that is open.
 * undefined where the form can't be made out.
 */
export function maybeKnownForm(view: unknown, question: Question): Modal | undefined {
  const alike = question.alike.slice(0, SHOWN);
  const notice = [question.notice, ...(alike.length === 0 ? [] : [LEAD])].filter(
    (text) => text !== undefined,
  );
  const again = formAgain(view, notice.join('\n'));
  if (again === undefined) return undefined;
  const [lead, ...rest] = again.blocks.filter(({ block_id }) => !OURS.includes(block_id ?? ''));
  const metadata = DeclareMetadata.parse(readView(view).metadata);
  const asked = alike.length === 0 ? [] : questionBlocks(alike, question);
  return {
    ...again,
    submit: plain(alike.length === 0 ? 'Declare' : 'Go on', 24),
    private_metadata: declareMetadata({ ...metadata, alike: alike.map(({ id }) => id) }),
    blocks: [...(lead === undefined ? [] : [lead]), ...asked, ...rest],
  };
}

const LEAD =
  ':busts_in_silhouette: *This may be known already.* Nothing is declared yet, and nobody was called.';
const OURS: readonly string[] = [BLOCK.alike, BLOCK.known, BLOCK.typed];

const questionBlocks = (
  alike: readonly Incident[],
  { severity, now }: Pick<Question, 'severity' | 'now'>,
): readonly Block[] => [
  {
    ...section(alike.map((incident) => linesOf(incident, { severity, now })).join('\n')),
    block_id: BLOCK.alike,
  },
  radios({
    block: BLOCK.known,
    label: alike.length === 1 ? 'Is it this one?' : 'Is it one of these?',
    choices: [
      ...alike.map(({ id }) => ({
        value: id,
        text: `It is ${id}: join it`,
        description: 'What you typed goes into its thread. Nobody is called again.',
      })),
      {
        value: ANOTHER,
        text: 'It is another: declare it',
        description: 'People are called as its severity says.',
      },
    ],
  }),
  { ...context('What you typed:'), block_id: BLOCK.typed },
];

function linesOf(incident: Incident, { severity, now }: Pick<Question, 'severity' | 'now'>): string {
  const line = incidentLine(incident, now);
  return severity < incident.severity
    ? `${line}\n_You chose ${severity}. Joining leaves ${incident.id} at ${incident.severity} and tells its thread._`
    : line;
}
