import { styleText } from 'node:util';
import type { HealthFinding } from '../../engine/ports/health.ts';

type Level = HealthFinding['level'];

const PLAIN: Readonly<Record<Level, string>> = { ok: 'ok', note: '-', warning: '!', problem: 'x' };
const DRAWN: Readonly<Record<Level, string>> = {
  ok: styleText('green', '✓'),
  note: styleText('gray', '-'),
  warning: styleText('yellow', '!'),
  problem: styleText('red', '✗'),
};

/** A title, a line for each finding, and what to do about it on the next; then an empty line. */
export function formatFindings({
  title,
  findings,
  terminal,
}: {
  readonly title: string;
  readonly findings: readonly HealthFinding[];
  readonly terminal: boolean;
}): readonly string[] {
  const head = terminal ? styleText('bold', oneLine(title)) : oneLine(title);
  return [head, ...findings.flatMap((finding) => formatFinding(finding, terminal)), ''];
}

/** "1 problem, 2 warnings, 14 ok": how it stands, in one line. */
export function formatSum(findings: readonly HealthFinding[]): string {
  const number = (level: Level) => findings.filter((finding) => finding.level === level).length;
  const problems = number('problem');
  const warnings = number('warning');
  const parts = [
    problems > 0 && `${problems} ${problems === 1 ? 'problem' : 'problems'}`,
    warnings > 0 && `${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`,
    `${number('ok')} ok`,
  ];
  return `${problems > 0 ? 'Not ready' : 'Ready'}: ${parts.filter((part) => part !== false).join(', ')}.`;
}

function formatFinding({ level, what, todo }: HealthFinding, terminal: boolean): readonly string[] {
  const line = `  ${terminal ? DRAWN[level] : PLAIN[level].padEnd(2)} ${oneLine(what)}`;
  return todo === undefined ? [line] : [line, `${' '.repeat(terminal ? 4 : 5)}-> ${oneLine(todo)}`];
}

/** Names come from Slack and git: nothing in them may break the line or speak to the terminal. */
const oneLine = (text: string): string => text.replace(/\p{Cc}+/gu, ' ').trim();
