import { moveOf } from '../../domain/incident/deployed.ts';
import {
  type AutomaticRollback,
  type Incident,
  isMitigated,
  runsOf,
  servicesToRollBack,
} from '../../domain/incident/incident.ts';
import { runStatusWords } from '../../words/codes.ts';
import { escapeText, nameActor, oneLine, slackDate } from '../kit/text.ts';

/** What an automatic rollback would run: id and title of a service, and its playbook's title. */
export type PlannedRollback = { readonly id: string; readonly service: string; readonly playbook: string };

const LISTED = 5;
const REASON = 300;
const NAME = 75;
const NOT_KNOWN = 'not known';

/** How an incident's automatic rollback stands (mrkdwn): '' where all there is to say is said of its runs. */
export function automaticRollbackText(
  incident: Incident,
  automatic: AutomaticRollback,
  planned: readonly PlannedRollback[],
): string {
  if (automatic.outcome !== 'planned') return cut(endedLines(incident, automatic, planned));
  if (automatic.held !== null) {
    const { by, at, reason } = automatic.held;
    return [
      `:hand: *Held* by ${nameActor(by)} ${slackDate(at)}: ${oneLine(reason, REASON)}`,
      "It won't start by itself. *Roll back* starts it:",
      ...cutLines(moveLines(incident, planned)),
    ].join('\n');
  }
  if (isMitigated(incident)) return 'Not started by itself: the incident is mitigated.';
  return [
    `:hourglass_flowing_sand: *Starts by itself ${slackDate(automatic.at)}*, unless mitigated or held before.`,
    ...(planned.length === 0 ? [':warning: No service is named: nothing would be rolled back.'] : []),
    ...cutLines(moveLines(incident, planned)),
  ].join('\n');
}

const moveLines = (incident: Incident, planned: readonly PlannedRollback[]): readonly string[] =>
  planned.map((of) => {
    const left = servicesToRollBack(incident).includes(of.id);
    return left ? moveLine(incident, of) : (endedLine(incident, of) ?? `• ${title(of)}: has its rollback`);
  });

function moveLine(incident: Incident, of: PlannedRollback): string {
  const { from, to } = moveOf(incident, of.id);
  const late = incident.deployed[of.id]?.late === true || from === '';
  return [
    `• ${title(of)} *${oneLine(from || NOT_KNOWN, NAME)} → ${oneLine(to || NOT_KNOWN, NAME)}*`,
    `by “${oneLine(of.playbook, NAME)}”`,
    ...(late ? [`:warning: what it ran when ${incident.id} began is not known: a person is asked`] : []),
  ].join(', ');
}

/** After the trigger, or without one: what came of it, service by service. */
function endedLines(
  incident: Incident,
  { blocked }: AutomaticRollback,
  planned: readonly PlannedRollback[],
): readonly string[] {
  const nameless = blocked.filter(({ service }) => !planned.some(({ id }) => id === service));
  return [
    ...planned.flatMap((of) => endedLine(incident, of) ?? []),
    ...nameless.map(({ why }) => `:no_entry: *Not started*: ${oneLine(why, REASON)}. A person decides.`),
  ];
}

function endedLine(incident: Incident, of: PlannedRollback): string | undefined {
  const automatic = incident.automaticRollback;
  const run = runsOf(incident, of.id).at(-1);
  const blocked = automatic?.blocked.find(({ service }) => service === of.id);
  // Whatever was asked for since has taken its place.
  if (blocked !== undefined && (run === undefined || run.at < blocked.at))
    return `:no_entry: ${title(of)} *not started*: ${oneLine(blocked.why, REASON)}. A person decides.`;
  const known = incident.deployed[of.id];
  if (run === undefined && known?.moved)
    return `:information_source: ${title(of)} *off*: it runs ${oneLine(moveOf(incident, of.id).from, NAME)} now, not what it ran when ${escapeText(incident.id)} began. A person decides.`;
  if (run === undefined)
    return automatic?.outcome === 'triggered'
      ? `:hourglass_flowing_sand: ${title(of)}: being checked before it starts`
      : undefined;
  if (automatic?.outcome === 'triggered') return undefined;
  const became = run.status === null ? 'goes on' : runStatusWords(run.status);
  const failed = run.status !== null && run.status !== 'succeeded';
  return `:information_source: ${title(of)} *not started by itself*: it made way for ${escapeText(run.run)} (${became}).${failed ? ' A person decides.' : ''}`;
}

const title = ({ service }: PlannedRollback): string => oneLine(service, NAME);

const cut = (lines: readonly string[]): string => cutLines(lines).join('\n');
const cutLines = (lines: readonly string[]): readonly string[] =>
  lines.length > LISTED ? [...lines.slice(0, LISTED), `…and ${lines.length - LISTED} more services`] : lines;
