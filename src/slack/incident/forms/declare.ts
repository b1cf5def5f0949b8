import { z } from 'zod';
import type { Team } from '../../../domain/team/team.ts';
import { type Block, context, LIMIT, type Modal, modal, section } from '../../kit/block-kit.ts';
import { BLOCK, VIEW } from '../../kit/ids.ts';
import { textField } from '../../kit/inputs.ts';
import { instantPicker, several, userPicker } from '../../kit/pickers.ts';
import { linkTo } from '../../kit/text.ts';
import { severityBlocks } from './severity-choices.ts';

const LONGEST_TITLE = 150;
const LONGEST_IMPACT = 1_000;
const LONGEST_PERMALINK = 500;

/** The message that an incident is declared from. */
export const Source = z.object({ channel: z.string(), ts: z.string(), permalink: z.string() });
export type Source = z.infer<typeof Source>;

/** What the form carries unseen: the message it comes from, and what its fields showed when it was opened. */
export const DeclareMetadata = z.object({
  source: Source.nullable(),
  startedAt: z.number(),
  commander: z.string(),
  title: z.string(),
  impact: z.string(),
  /** The channel where somebody asked for the form; '' where it was in none. */
  asked: z.string().default(''),
  /** Incidents that the person was asked about: whether it is one of them. */
  alike: z.array(z.string()).default([]),
});

/** Declares an incident. `now` in ms; title and impact from the message that it is declared from, if any. */
export function declareFormView({
  team,
  person,
  now,
  source = null,
  title = '',
  impact = '',
  asked = '',
  notice,
}: {
  readonly team: Pick<Team, 'severities' | 'services'>;
  readonly person: { readonly id: string };
  readonly now: number;
  readonly source?: Source | null;
  readonly title?: string;
  readonly impact?: string;
  readonly asked?: string | undefined;
  /** mrkdwn on top. */
  readonly notice?: string | undefined;
}): Modal {
  const services = Object.entries(team.services);
  const shown = { title: title.slice(0, LONGEST_TITLE), impact: impact.slice(0, LONGEST_IMPACT) };
  return modal({
    callback: VIEW.declareForm,
    title: 'Declare an incident',
    submit: 'Declare',
    close: 'Cancel',
    metadata: declareMetadata({ source, startedAt: now, commander: person.id, asked, alike: [], ...shown }),
    blocks: [
      ...(notice === undefined ? [] : [{ ...section(notice), block_id: BLOCK.notice }]),
      textField({
        block: BLOCK.title,
        label: 'What is wrong?',
        longest: LONGEST_TITLE,
        placeholder: 'Checkout fails for most customers',
        initial: shown.title,
      }),
      ...severityBlocks(team),
      ...(services.length === 0
        ? []
        : [
            several({
              block: BLOCK.services,
              label: 'Services',
              choices: services.map(([name, service]) => ({ value: name, text: service.title })),
              chosen: services.length === 1 ? services.map(([name]) => name) : [],
            }),
          ]),
      textField({
        block: BLOCK.impact,
        label: 'What do users see?',
        longest: LONGEST_IMPACT,
        multiline: true,
        initial: shown.impact,
      }),
      textField({
        block: BLOCK.usersAffected,
        label: 'Share of users affected, in percent',
        hint: 'A guess will do. Leave it empty where nobody knows.',
        longest: 6,
        optional: true,
        placeholder: '40',
      }),
      instantPicker({ block: BLOCK.startedAt, label: 'Started at', initial: now }),
      userPicker({
        block: BLOCK.commander,
        label: 'Commander',
        hint: 'Leads until it is over. Can be handed on.',
        optional: true,
        initial: person.id,
      }),
      ...sourceNote(source),
    ],
  });
}

const sourceNote = (source: Source | null): readonly Block[] =>
  source === null
    ? []
    : [
        context(
          source.permalink === ''
            ? 'Declared from a message.'
            : `Declared from ${linkTo(source.permalink, 'this message')}.`,
        ),
      ];

/** JSON of at most 3,000 characters; long texts are left out rather than cut. */
export function declareMetadata(metadata: z.infer<typeof DeclareMetadata>): string {
  const { source } = metadata;
  const known =
    source === null || source.permalink.length <= LONGEST_PERMALINK ? source : { ...source, permalink: '' };
  const whole = JSON.stringify({ ...metadata, source: known });
  return whole.length <= LIMIT.metadata
    ? whole
    : JSON.stringify({ ...metadata, source: known, title: '', impact: '' });
}
