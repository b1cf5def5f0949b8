import { z } from 'zod';
import { LIMIT, type Modal, modal } from '../../kit/block-kit.ts';
import { BLOCK, VIEW } from '../../kit/ids.ts';
import { select } from '../../kit/inputs.ts';
import type { ParsedForm } from '../../kit/parsed-form.ts';
import { outcomeView } from '../../kit/telling-views.ts';
import { readView } from '../../kit/view-state.ts';
import { type Origin, originOf } from './origin.ts';

const Metadata = z.object({ fallback: z.string() });

/** Step 1 of `/rollback` without a service: which one. At most 100 services can be offered. */
export function serviceView({
  services,
  origin,
}: {
  readonly services: readonly { readonly name: string; readonly title: string }[];
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

export function parseServiceForm(view: unknown): ParsedForm<Origin & { readonly service: string }> {
  const answers = readView(view);
  const service = answers.chosen(BLOCK.service) ?? Metadata.parse(answers.metadata).fallback;
  if (service === '') return { ok: false, errors: { [BLOCK.service]: 'Choose a service.' } };
  return { ok: true, values: { ...originOf(answers.metadata), service } };
}
