import type { Plan } from '../../domain/plan.ts';
import { type Modal, modal, section } from '../block-kit.ts';
import { planPieces } from '../cards/plan-pieces.ts';
import { planSections } from '../cards/plan-sections.ts';
import { VIEW } from '../ids.ts';

const ROOM = { sections: 98, characters: 200_000 };

/** Every step of a plan with its exact command, URL or method. A run is a plan with a digest and an id. */
export function planView({
  plan,
  digest,
  id,
}: {
  readonly plan: Plan;
  readonly digest: string;
  readonly id?: string;
}): Modal {
  const { texts, left } = planSections(planPieces(plan, digest), ROOM);
  return modal({
    callback: VIEW.plan,
    title: id === undefined ? 'Plan' : `Plan of ${id}`,
    blocks: [
      ...texts.map((text) => section(text)),
      ...(left > 0
        ? [section(`:warning: ${left} more steps don't fit here. Read them in the playbook.`)]
        : []),
    ],
  });
}
