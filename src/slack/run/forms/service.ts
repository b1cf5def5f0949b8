import { z } from 'zod';
import type { Actor } from '../../../domain/actor.ts';
import type { Commit } from '../../../domain/git/git-facts.ts';
import { nameCommit } from '../../../domain/plan/plan.ts';
import { type Block, LIMIT, type Modal, modal, section } from '../../kit/block-kit.ts';
import { BLOCK, VIEW } from '../../kit/ids.ts';
import { select } from '../../kit/inputs.ts';
import type { ParsedForm } from '../../kit/parsed-form.ts';
import { outcomeView } from '../../kit/telling-views.ts';
import { escapeText, nameActor, oneLine, slackDate } from '../../kit/text.ts';
import { readView } from '../../kit/view-state.ts';
import { type Origin, originOf } from './origin.ts';

const Metadata = z.object({ fallback: z.string() });

/** A service to choose, with what is known of it. */
export type OfferedService = {
  readonly name: string;
  readonly title: string;
  /** The rollbacks that are on it already. */
  readonly locks: readonly {
    readonly environment: string;
    readonly run: string;
    readonly since: string;
    readonly owner: Actor;
  }[];
  /** Whether it has several, so that they are named. */
  readonly hasEnvironments: boolean;
  /** Left out where it isn't known. */
  readonly deployed?: Commit;
};

/** Step 1 of `/rollback` without a service: which one, under how they stand. At most 100 services can be offered. */
export function serviceView({
  services,
  origin,
}: {
  readonly services: readonly OfferedService[];
  readonly origin: Origin;
}): Modal {
  if (services.length === 0) {
    return outcomeView({ title: 'Roll back', text: 'There are no services yet. Name them in walkback.yml.' });
  }
  return modal({
    callback: VIEW.chooseService,
    title: 'Roll back',
    submit: 'Next',
    close: 'Cancel',
    metadata: JSON.stringify({ ...origin, fallback: services[0]?.name ?? '' }),
    blocks: [
      ...standing(services),
      select({
        block: BLOCK.service,
        label: 'Which service?',
        ...(services.length > LIMIT.options
          ? { hint: `The first ${LIMIT.options}; reach others with /rollback SERVICE.` }
          : {}),
        choices: services.map(({ name, title }) => ({
          value: name,
          text: title === name ? name : `${title} (${name})`,
        })),
      }),
    ],
  });
}

const LISTED = 12;

/** What is known already: those that somebody is on first. */
function standing(services: readonly OfferedService[]): readonly Block[] {
  const known = services.filter(({ locks, deployed }) => locks.length > 0 || deployed !== undefined);
  const [held, free] = [known.filter(isHeld), known.filter((service) => !isHeld(service))];
  const lines = [...held, ...free].slice(0, LISTED).map(standingText);
  return lines.length === 0 ? [] : [{ ...section(lines.join('\n')), block_id: BLOCK.standing }];
}

const isHeld = ({ locks }: OfferedService): boolean => locks.length > 0;

function standingText({ title, locks, hasEnvironments, deployed }: OfferedService): string {
  const held = locks.map(({ environment, run, since, owner }) => {
    const where = hasEnvironments ? ` in ${escapeText(environment)}` : '';
    return `:lock: ${escapeText(run)} by ${nameActor(owner)} is on it${where} since ${slackDate(since)}.`;
  });
  const said = deployed === undefined ? [] : [`${escapeText(nameCommit(deployed))} is deployed.`];
  return [`*${oneLine(title, LONGEST_TITLE)}*`, ...said, ...held].join(' ');
}

const LONGEST_TITLE = 75;

export function parseServiceForm(view: unknown): ParsedForm<Origin & { readonly service: string }> {
  const answers = readView(view);
  const service = answers.chosen(BLOCK.service) ?? Metadata.parse(answers.metadata).fallback;
  if (service === '') return { ok: false, errors: { [BLOCK.service]: 'Choose a service.' } };
  return { ok: true, values: { ...originOf(answers.metadata), service } };
}
