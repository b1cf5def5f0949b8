import type { Plan } from '../../domain/plan/plan.ts';
import { type Modal, modal, section } from '../kit/block-kit.ts';
import { VIEW } from '../kit/ids.ts';
import { planPieces } from './pieces.ts';
import { planSections } from './sections.ts';

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
