import { setTimeout as pause } from 'node:timers/promises';
import { pushedCommit } from '../../domain/run/run.ts';
import { hideSecrets } from '../../domain/secret-shapes.ts';
import type { PlanStep } from '../../domain/steps/kinds.ts';
import { tellsVersion, versionWords } from '../../domain/steps/told-version.ts';
import type { HttpAnswer, HttpProbe } from '../ports/http-probe.ts';
import type { StepHandler } from './handler.ts';

/** Asks until enough good answers came in a row, or the attempts are used up. */
export function createHttpStep({ http }: { readonly http: HttpProbe }): StepHandler<'http'> {
  return async (step, { run, signal, say }) => {
    const shown = hideSecrets(step.url);
    let row = 0;
    let problem = 'no answer yet';
    let told = '';
    for (let attempt = 1; attempt <= step.attempts && !signal.aborted; attempt++) {
      const answer = await http.get({ url: step.url, withinMs: step.withinMs, signal });
      const wrong = judge(step, answer, pushedCommit(run));
      row = wrong === undefined ? row + 1 : 0;
      problem = wrong ?? problem;
      const body = wrong === undefined ? '' : shownBody(answer);
      if (body !== told) say(body);
      told = body;
      say(
        `GET ${shown}: ${wrong ?? 'good'} (${row} of ${step.consecutive} in a row, try ${attempt} of ${step.attempts})\n`,
      );
      if (row === step.consecutive)
        return { kind: 'succeeded', summary: `${row} good ${row === 1 ? 'answer' : 'answers in a row'}` };
      if (attempt < step.attempts) await pause(step.everyMs, undefined, { signal }).catch(() => undefined);
    }
    return { kind: 'failed', summary: `${shown}: ${problem}` };
  };
}

/** Of a body so much is told, from its end: an error page says there what happened. */
const TOLD_BODY = 4_000;

function shownBody(answer: HttpAnswer): string {
  const body = answer.kind === 'answered' ? hideSecrets(answer.body).trim() : '';
  if (body === '') return '';
  return `${body.length > TOLD_BODY ? `…${body.slice(-TOLD_BODY)}` : body}\n`;
}

function judge(step: PlanStep<'http'>, answer: HttpAnswer, pushed: string | null): string | undefined {
  if (answer.kind === 'failed') return answer.why;
  if (answer.status !== step.status) return `status ${answer.status}, expected ${step.status}`;
  if (answer.elapsedMs > step.withinMs)
    return `took ${Math.round(answer.elapsedMs)} ms, expected at most ${step.withinMs} ms`;
  if (step.body !== null && !answer.body.includes(step.body))
    return `the body doesn't contain “${step.body}”`;
  return wrongVersion(step, answer.body, pushed);
}

function wrongVersion(
  { version }: PlanStep<'http'>,
  body: string,
  pushed: string | null,
): string | undefined {
  if (version === undefined) return undefined;
  const { release, commit } = version;
  const wanted = { release, commits: [commit, ...(pushed === null || pushed === commit ? [] : [pushed])] };
  return tellsVersion(body, wanted) ? undefined : `the answer doesn't name ${versionWords(wanted)}`;
}
