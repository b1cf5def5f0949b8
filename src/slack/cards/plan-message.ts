import { nameCommit, type Plan } from '../../domain/plan.ts';
import { context, header, type Message, section } from '../block-kit.ts';
import { message } from '../message.ts';
import { escapeText, inlineCode } from '../text.ts';
import { blastRadiusText } from './blast-radius-text.ts';
import { planPieces } from './plan-pieces.ts';
import { planSections } from './plan-sections.ts';

const ROOM = { sections: 40, characters: 8_000 };

/** What `plan SERVICE` answers: the blast radius and every step, for a plan that nobody has asked to run. */
export function planMessage({
  plan,
  digest,
  serviceTitle,
}: {
  readonly plan: Plan;
  readonly digest: string;
  readonly serviceTitle: string;
}): Message {
  const title = `Plan: ${serviceTitle} back to ${nameCommit(plan.target)}`;
  const target = plan.target.release ?? nameCommit(plan.target);
  const { texts, left } = planSections(planPieces(plan, digest), ROOM);
  return message(escapeText(`${title}. Nothing was started.`), [
    header(title),
    section(blastRadiusText(plan.blastRadius)),
    ...texts.map((text) => section(text)),
    ...(left > 0 ? [section(`…and ${left} more steps that don't fit into a message.`)] : []),
    context(`Nothing was started. To ask for it: ${inlineCode(`/rollback ${plan.service} ${target}`)}`),
  ]);
}
