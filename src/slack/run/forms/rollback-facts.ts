import type { Commit } from '../../../domain/git/git-facts.ts';
import type { Incident } from '../../../domain/incident/incident.ts';
import { nameCommit } from '../../../domain/plan/plan.ts';
import type { Refused } from '../../../domain/refusal.ts';
import type { Move } from '../../../engine/plan/find-move.ts';
import { type Block, section } from '../../kit/block-kit.ts';
import { BLOCK } from '../../kit/ids.ts';
import { refusalText } from '../../kit/refusal.ts';
import { escapeText, oneLine } from '../../kit/text.ts';
import { blastRadiusText } from '../../plan/blast-radius-text.ts';

/** What is known before anything is filled in. */
export type RollbackFacts = {
  readonly deployed: Commit;
  /** Why it isn't known whether that is what is deployed, in words. */
  readonly unknown: string | undefined;
  /** What the rollback that the form begins with would undo; or why there is none. */
  readonly preview: Move | Refused;
  /** The open incident that a rollback belongs to by itself. */
  readonly incident?: Pick<Incident, 'id' | 'title' | 'severity'> | undefined;
};

/** What is deployed, what would be undone, and what the rollback belongs to. */
export function rollbackFacts(
  serviceTitle: string,
  { deployed, unknown, preview, incident }: RollbackFacts,
): readonly Block[] {
  const head = `*${escapeText(nameCommit(deployed))}*`;
  const standing =
    unknown === undefined
      ? `${head} is deployed.`
      : `:grey_question: What is deployed isn't known: ${oneLine(unknown, 300)}. The branch is at ${head}.`;
  return [
    section(`*${escapeText(serviceTitle)}*\n${standing} Nothing runs before it is approved.`),
    { ...section(previewText(preview)), block_id: BLOCK.preview },
    ...(incident === undefined ? [] : [section(incidentText(incident))]),
  ];
}

/** Names its target, so that it stays true whatever else is chosen below. */
const previewText = (preview: Move | Refused): string =>
  preview.kind === 'refused'
    ? `:warning: ${refusalText(preview.refusal)}`
    : `*Back to ${escapeText(nameCommit(preview.target))}*\n${blastRadiusText(preview.blastRadius)}`;

const incidentText = ({ id, title, severity }: NonNullable<RollbackFacts['incident']>): string =>
  `It belongs to *${escapeText(id)}* ${severity}: ${oneLine(title, 150)}. That severity counts.`;
