import { formatDuration } from '../../domain/duration.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import type { StepWords } from '../../domain/steps/definition.ts';
import { type PlanStep, type StepKind, stepKinds } from '../../domain/steps/kinds.ts';
import { createRedactor } from '../../engine/redact.ts';
import { codeBlocks, inlineCode, oneLine, wholeCode } from '../kit/text.ts';

/** Leaves room for the title and facts before it. */
const EXACT = 1_500;
const FACTS = 100;
const PIECE = 2_900;
/** Variables on one line, up to here; longer ones in a block of their own. */
const LINE = 1_000;

/** A plan told exactly, as pieces of mrkdwn of at most 2,900 characters: what it is, then step after step. */
export function planPieces(plan: Plan, digest: string): readonly (readonly string[])[] {
  return [[summary(plan, digest)], ...plan.steps.map((step, index) => stepPieces(step, index + 1))];
}

function summary(plan: Plan, digest: string): string {
  const parameters = Object.entries(plan.parameters).map(([name, value]) => `${name}=${value}`);
  return [
    `*${oneLine(plan.playbook.title, 75)}* · ${plan.steps.length} steps · about ${formatDuration(plan.estimateMs)}`,
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
  const { facts, exact, around = [] } = wordsOf(step);
  const head = facts === '' ? title : `${title}\n${oneLine(facts, FACTS)}`;
  const [first, ...rest] = codeBlocks(exact, EXACT);
  return [`${head}\n${first}`, ...rest, ...besides(around)].reduce<readonly string[]>(joinLine, []);
}

/** What a command is given beside its text: short, so that it doesn't drown the command. */
function besides(around: readonly string[]): readonly string[] {
  const line = around.map(wholeCode).join(' · ');
  return line.length <= LINE ? [line] : codeBlocks(around.join('\n'), EXACT);
}

function joinLine(pieces: readonly string[], next: string): readonly string[] {
  if (next === '') return pieces;
  const last = pieces.at(-1);
  const fits = last !== undefined && !next.startsWith('```') && last.length + next.length < PIECE;
  return fits ? [...pieces.slice(0, -1), `${last}\n${next}`] : [...pieces, next];
}

const wordsOf = <Kind extends StepKind>(step: PlanStep<Kind>): StepWords =>
  stepKinds[step.kind].words(step, hideCredentials);

const hideCredentials = createRedactor({ secrets: [] });
