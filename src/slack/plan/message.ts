import { nameCommit, type Plan } from '../../domain/plan/plan.ts';
import { context, header, type Message, section } from '../kit/block-kit.ts';
import { message } from '../kit/message.ts';
import { escapeText, inlineCode, oneLine } from '../kit/text.ts';
import { blastRadiusText } from './blast-radius-text.ts';
import { commitsText } from './from-to.ts';
import { planPieces } from './pieces.ts';
import { planSections } from './sections.ts';

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
    section(`${oneLine(plan.environment, 75)}\n${commitsText(plan)}`),
    section(blastRadiusText(plan.blastRadius)),
    ...texts.map((text) => section(text)),
    ...(left > 0 ? [section(`…and ${left} more steps that don't fit into a message.`)] : []),
    context(`Nothing was started. To ask for it: ${inlineCode(`/rollback ${plan.service} ${target}`)}`),
  ]);
}
