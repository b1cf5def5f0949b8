import { formatDuration } from '../../domain/duration.ts';
import { nameCommit, type Plan, type PlanStep } from '../../domain/plan.ts';
import { createRedactor } from '../../engine/redact.ts';
import { codeBlocks, escapeText, inlineCode, oneLine } from '../text.ts';

/** Leaves room for the title and facts before it. */
const EXACT = 1_500;

/** A plan told exactly, as pieces of mrkdwn of at most 2,900 characters: what it is, then step after step. */
export function planPieces(plan: Plan, digest: string): readonly (readonly string[])[] {
  return [[summary(plan, digest)], ...plan.steps.map((step, index) => stepPieces(step, index + 1))];
}

function summary(plan: Plan, digest: string): string {
  const parameters = Object.entries(plan.parameters).map(([name, value]) => `${name}=${value}`);
  return [
    `*${oneLine(plan.playbook.title, 75)}* · ${plan.steps.length} steps · about ${formatDuration(plan.estimateMs)}`,
    `${oneLine(plan.service, 75)} ${oneLine(plan.environment, 75)}: *${escapeText(nameCommit(plan.deployed))}* → *${escapeText(nameCommit(plan.target))}*`,
    `Target commit ${inlineCode(plan.target.hash)}`,
    ...(parameters.length === 0
      ? []
      : [`Parameters: ${parameters.map((pair) => inlineCode(pair)).join(', ')}`]),
    `Plan ${inlineCode(digest.slice(0, 7))}. What you approve is what runs: any change makes another plan.`,
  ].join('\n');
}

/** The exact text comes whole, in as many pieces as it takes. */
function stepPieces(step: PlanStep, number: number): readonly string[] {
  const title = `*${number}. ${oneLine(step.title, 120)}* · ${oneLine(step.phase, 60)}${step.repeatable ? ' · safe to repeat' : ''}`;
  const { facts, exact } = describe(step);
  const head = facts === '' ? title : `${title}\n${facts}`;
  const [first, ...rest] = codeBlocks(exact, EXACT);
  return [`${head}\n${first}`, ...rest];
}

function describe(step: PlanStep): { readonly facts: string; readonly exact: string } {
  switch (step.kind) {
    case 'git':
      return {
        facts: `git, method ${step.method}`,
        exact: [
          `repository ${hideCredentials(step.repository)}`,
          `branch     ${step.branch}, only if it still points at ${step.expectedHead}`,
          `target     ${step.target}`,
          ...(step.paths.length > 0 ? [`paths      ${step.paths.join(' ')}`] : []),
        ].join('\n'),
      };
    case 'run':
      return {
        facts: `shell command, at most ${formatDuration(step.timeoutMs)}${step.retries > 0 ? `, ${step.retries} retries` : ''}`,
        exact: [
          step.command,
          `\n# in ${step.directory ?? 'a scratch directory'}`,
          ...Object.entries(step.environment).map(([name, value]) => `# ${name}=${onOneLine(value)}`),
        ].join('\n'),
      };
    case 'http':
      return {
        facts: [
          `expects ${step.status} within ${formatDuration(step.withinMs)}`,
          `${step.consecutive} in a row, at most ${step.attempts} attempts every ${formatDuration(step.everyMs)}`,
        ].join(', '),
        exact: [`GET ${step.url}`, ...(step.body === null ? [] : [`body contains ${step.body}`])].join('\n'),
      };
    case 'manual':
      return { facts: `a person confirms: ${oneLine(step.role, 75)}`, exact: step.instruction };
    case 'wait':
      return { facts: '', exact: `wait ${formatDuration(step.durationMs)}` };
  }
}

/** An address may hold a password, which those who approve need not see. */
const hideCredentials = createRedactor({ secrets: [] });

/** A value can't pass for a command by beginning a line. */
const onOneLine = (value: string): string => value.replaceAll('\r', '\\r').replaceAll('\n', '\\n');
