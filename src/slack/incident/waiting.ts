import { type Incident, isMitigated, isOver } from '../../domain/incident/incident.ts';
import { currentStep, type Run } from '../../domain/run/run.ts';
import { incidentSign, runSign } from '../../words/signs.ts';
import { type Block, section } from '../kit/block-kit.ts';
import { escapeText, linkTo, namePeople, oneLine, pictured, slackDate } from '../kit/text.ts';
import { fromTo } from '../plan/from-to.ts';
import { waitsForPerson } from '../run/waits-for-person.ts';

const LISTED = 6;
const TITLE = 80;

/** A run of an incident as its card shows it. */
export type ShownRun = {
  readonly run: Run;
  /** Ids of the people and user groups that it waits for. */
  readonly people: readonly string[];
  /** To where it is approved, or once it has begun to its own card; '' while there is none. */
  readonly link: string;
};

/** At the top of the card: what waits for whom, with the way there; that nothing does, where nothing does. */
export function waitingBlocks(incident: Incident, runs: readonly ShownRun[]): readonly Block[] {
  if (isOver(incident)) return [];
  const lines = [
    ...acknowledgement(incident),
    ...runs.flatMap(({ run, ...shown }) => runLine(run, shown)),
    ...stoppedRollbacks(incident),
    ...decision(incident),
    ...whetherOver(incident),
    ...commander(incident),
    ...update(incident),
    ...(isMitigated(incident) ? ['To be resolved, once it is sure that it holds'] : []),
  ];
  const shown = lines.length > LISTED ? [...lines.slice(0, LISTED - 1), '…and more, in the thread'] : lines;
  return [section(shown.length === 0 ? 'Nothing waits for anybody.' : `*Waits for*\n${shown.join('\n')}`)];
}

function acknowledgement(incident: Incident): readonly string[] {
  const { acknowledged, respondBy, responseOverdue } = incident;
  if (acknowledged !== null || isMitigated(incident)) return [];
  const by = respondBy === null ? '' : ` by ${slackDate(respondBy)}`;
  const late = responseOverdue ? ', which *nobody has* in time' : '';
  return [`${pictured(incidentSign(incident))} *Somebody to acknowledge it*${by}${late}`];
}

function runLine(run: Run, { people, link }: Omit<ShownRun, 'run'>): readonly string[] {
  const who = people.length === 0 ? '' : ` by ${namePeople(people)}`;
  const way = link === '' ? 'in the thread' : linkTo(link, 'Open it');
  const sign = pictured(runSign(run));
  if (run.status === 'awaiting_approval') {
    const what = escapeText(fromTo(run.plan, run.plan.service));
    return [`${sign} *Approval*${who}: ${what}, until ${slackDate(run.expiresAt)} · ${way}`];
  }
  if (!waitsForPerson(run) || run.cancel !== null) return [];
  const step = currentStep(run);
  const title = `“${oneLine(step?.plan.title ?? 'a step', TITLE)}”`;
  const what =
    step?.status === 'waiting' ? `A step${who}: ${title}` : `A decision${who}: ${title} did not end well`;
  return [`${sign} ${what} · ${way}`];
}

/** What the policy could not start by itself, and nobody has asked for since. */
function stoppedRollbacks({ automaticRollback, runs }: Incident): readonly string[] {
  const stopped = (automaticRollback?.blocked ?? []).filter(
    ({ service, at }) => !runs.some((run) => run.service === service && run.at >= at),
  );
  const services = stopped.map(({ service }) => oneLine(service, TITLE)).join(', ');
  return stopped.length === 0
    ? []
    : [`${pictured('warning')} *A person who decides on rolling back ${services}*`];
}

const decision = (incident: Incident): readonly string[] =>
  incident.decisionAsked && incident.runs.length === 0 && !isMitigated(incident)
    ? [`${pictured('warning')} *A decision*: fix it, or roll it back`]
    : [];

/** Everything that was hit is proven to be back: whether that ends it is for a person to say. */
const whetherOver = ({ rolledBack }: Incident): readonly string[] =>
  rolledBack === null
    ? []
    : [
        `${pictured('white_check_mark')} *Somebody to say whether it holds*: rolled back and checked, so set it to monitoring`,
      ];

/** A quiet one needs nobody in command. */
const commander = ({ roles, severity }: Incident): readonly string[] =>
  roles.commander === null && severity !== 'P3' ? ['*Somebody to command it*: nobody does yet'] : [];

const update = ({ updateAsked, updateDueAt }: Incident): readonly string[] =>
  updateAsked && updateDueAt !== null ? [`*An update*, due ${slackDate(updateDueAt)}`] : [];
