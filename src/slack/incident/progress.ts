import {
  type Incident,
  isLadderStill,
  isMitigated,
  isOver,
  nextRung,
} from '../../domain/incident/incident.ts';
import { isUnproven } from '../../domain/run/proof.ts';
import { runStatusWords } from '../../words/codes.ts';
import { doubtWords, standingWords } from '../../words/doubts.ts';
import { runSign, statusSign } from '../../words/signs.ts';
import { type Block, section } from '../kit/block-kit.ts';
import { drawMrkdwn } from '../kit/mrkdwn.ts';
import { escapeText, linkTo, nameActor, oneLine, pictured, quoted, slackDate } from '../kit/text.ts';
import { fromTo } from '../plan/from-to.ts';
import { markInList } from '../plan/start-marks.ts';
import { QUOTED } from './facts.ts';
import type { ShownRun } from './waiting.ts';

const RUNS = 8;
const LINE = 400;
const REASON = 300;

/** What was said last, and by when the next is due. Once it is resolved: how. */
export function updateBlocks(incident: Incident): readonly Block[] {
  const { lastUpdate, updateDueAt, resolution, mergedInto } = incident;
  if (mergedInto !== null) return [section(`Go on in the thread of *${escapeText(mergedInto)}*.`)];
  if (resolution !== null) {
    const { by, at, summary, closesAt } = resolution;
    const reopening =
      incident.status === 'resolved' ? `\nIt can be reopened until ${slackDate(closesAt)}.` : '';
    return [
      section(`*Resolved* by ${nameActor(by)} ${slackDate(at)}\n${quoted(summary, QUOTED)}${reopening}`),
    ];
  }
  if (isOver(incident)) return [];
  const due = updateDueAt === null ? [] : [`Next update due ${slackDate(updateDueAt)}`];
  if (lastUpdate === null) return [section(['*No update by a person yet*', ...due].join('\n'))];
  const { by, at, done, next, eta } = lastUpdate;
  return [
    section(
      [
        `*Last update* by ${nameActor(by)} ${slackDate(at)}`,
        quoted(done, QUOTED),
        ...(next === '' ? [] : [`*Next*: ${oneLine(next, LINE)}`]),
        ...(eta === '' ? [] : [`*Expected*: ${oneLine(eta, LINE)}`]),
        ...due,
      ].join('\n'),
    ),
  ];
}

/** The runs that belong to it, newest last. */
export function runBlocks(incident: Incident, runs: readonly ShownRun[]): readonly Block[] {
  if (incident.runs.length === 0) return [];
  const shown = incident.runs.slice(-RUNS).map((linked) => {
    const known = runs.find(({ run }) => run.id === linked.run);
    return known === undefined
      ? `${pictured(statusSign(linked.status ?? ''))} *${escapeText(linked.run)}* ${oneLine(linked.service, LINE)} · ${runStatusWords(linked.status ?? 'open')}`
      : runLine(known);
  });
  const before = incident.runs.length - shown.length;
  return [section(['*Rollback runs*', ...(before > 0 ? [`…${before} before`] : []), ...shown].join('\n'))];
}

const runLine = ({ run, link }: ShownRun): string =>
  [
    `${pictured(runSign(run))} *${escapeText(run.id)}* ${escapeText(fromTo(run.plan, run.plan.service))}`,
    standingWords(run),
    ...(isUnproven(run) ? [drawMrkdwn(doubtWords(run))] : []),
    ...markInList(run),
    ...(link === '' ? [] : [linkTo(link, 'Open')]),
  ].join(' · ');

/** Who was called in, who is next and when; and which of its roles have nobody in them. */
export function ladderBlocks(incident: Incident, emptyRoles: readonly string[]): readonly Block[] {
  if (isOver(incident)) return [];
  const next = isLadderStill(incident) ? undefined : nextRung(incident);
  const rungs = incident.ladder.map(({ role, at, reachedAt }) => {
    const name = escapeText(role);
    if (reachedAt !== null) return `${name} called in ${slackDate(reachedAt)}`;
    return next?.role === role ? `*next: ${name}* ${slackDate(at)}` : name;
  });
  const lines = [
    ...(rungs.length === 0 ? [] : [rungs.join(' → ')]),
    ...(rungs.length > 0 ? stillText(incident) : []),
    ...holdText(incident),
    ...(emptyRoles.length === 0
      ? []
      : [
          `${pictured('warning')} *Nobody is in ${emptyRoles.map(escapeText).join(', ')}*: add people in walkback.yml, or call somebody yourselves.`,
        ]),
  ];
  return lines.length === 0 ? [] : [section(['*Escalation*', ...lines].join('\n'))];
}

function stillText(incident: Incident): readonly string[] {
  if (isMitigated(incident)) return ['Stopped: the incident is mitigated.'];
  return incident.rolledBack === null ? [] : ['Stands still: what was hit is rolled back, and checked.'];
}

function holdText({ ladder, ladderHold: hold }: Incident): readonly string[] {
  if (hold === null || ladder.some(({ reachedAt }) => reachedAt !== null && reachedAt >= hold.until))
    return [];
  return [
    `${pictured('hand')} Held until ${slackDate(hold.until)} by ${nameActor(hold.by)}: ${oneLine(hold.reason, REASON)}`,
  ];
}
