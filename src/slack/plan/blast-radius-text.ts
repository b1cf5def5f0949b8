import { type BlastRadius, lostFixCountOf, migrationCountOf } from '../../domain/git/blast-radius.ts';
import { VERDICT_SIGN } from '../../words/signs.ts';
import { inlineCode, oneLine, pictured } from '../kit/text.ts';

const LISTED = 5;

/** What would be undone and how worried to be, as mrkdwn: verdict first, then commits, files, migrations. */
export function blastRadiusText(radius: BlastRadius): string {
  return [
    `${pictured(VERDICT_SIGN[radius.verdict])} *Blast radius*: ${radius.reasons.map((reason) => oneLine(reason, 120)).join('; ')}`,
    ...migrationLines(radius),
    ...listed('Fixes that would be lost', radius.lostFixes, lostFixCountOf(radius), (fix) =>
      oneLine(fix, 100),
    ),
    `*${counted(radius.commitCount, 'commit')} undone*${authors(radius)}`,
    ...radius.commits
      .slice(0, LISTED)
      .map(
        (commit) =>
          `• ${inlineCode(commit.hash.slice(0, 7))} ${oneLine(commit.subject, 100)} (${oneLine(commit.author, 40)})`,
      ),
    ...more(radius.commitCount - Math.min(LISTED, radius.commits.length)),
    `*${counted(radius.fileCount, 'file')} changed*: ${files(radius)}`,
  ].join('\n');
}

const migrationLines = (radius: BlastRadius): readonly string[] =>
  listed(':warning: Migrations that would be undone', radius.migrations, migrationCountOf(radius), (file) =>
    inlineCode(file, 100),
  );

function listed(
  title: string,
  items: readonly string[],
  count: number,
  show: (item: string) => string,
): readonly string[] {
  if (count === 0) return [];
  return [
    `*${title}* (${count})`,
    ...items.slice(0, LISTED).map((item) => `• ${show(item)}`),
    ...more(count - Math.min(LISTED, items.length)),
  ];
}

function authors({ authors: names }: BlastRadius): string {
  if (names.length === 0) return '';
  const shown = names.slice(0, LISTED).map((name) => oneLine(name, 40));
  return ` by ${shown.join(', ')}${names.length > LISTED ? ` and ${names.length - LISTED} more` : ''}`;
}

function files({ files: names, fileCount }: BlastRadius): string {
  const shown = names.slice(0, LISTED).map((name) => inlineCode(name, 80));
  return fileCount === 0
    ? 'none'
    : `${shown.join(', ')}${fileCount > shown.length ? ` and ${fileCount - shown.length} more` : ''}`;
}

const more = (count: number): readonly string[] => (count > 0 ? [`…and ${count} more`] : []);

const counted = (count: number, one: string): string => `${count} ${count === 1 ? one : `${one}s`}`;
