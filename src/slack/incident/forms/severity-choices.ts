import { Severity } from '../../../domain/severity.ts';
import type { Team } from '../../../domain/team/team.ts';
import { type Block, section } from '../../kit/block-kit.ts';
import { BLOCK } from '../../kit/ids.ts';
import { type Choice, select } from '../../kit/inputs.ts';
import { openSelect } from '../../kit/pickers.ts';
import { escapeText, truncate } from '../../kit/text.ts';

const LONGEST_CRITERIA = 600;

/**
 * The choice of a severity, with the whole criteria of each above it: an option has room for a few words only. Without
 * `initial` none is chosen for the person: too much follows from it.
 */
export function severityBlocks(
  { severities }: Pick<Team, 'severities'>,
  initial?: Severity,
): readonly Block[] {
  const criteria = section(
    Severity.options
      .map((severity) => {
        const { title, criteria } = severities[severity];
        return `*${severity} ${escapeText(title)}*: ${escapeText(truncate(criteria, LONGEST_CRITERIA))}`;
      })
      .join('\n'),
  );
  const choices = Severity.options.map((severity) => severityChoice(severity, severities[severity]));
  const parts = { block: BLOCK.severity, label: 'Severity', choices };
  return [criteria, initial === undefined ? openSelect(parts) : select({ ...parts, initial })];
}

const severityChoice = (
  severity: Severity,
  { title, criteria }: { readonly title: string; readonly criteria: string },
): Choice => ({ value: severity, text: `${severity} ${title}`, description: criteria });
