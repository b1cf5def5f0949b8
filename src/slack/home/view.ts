import type { types } from '@slack/bolt';
import { formatDuration } from '../../domain/duration.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import { nameCommit } from '../../domain/plan/plan.ts';
import type { Run } from '../../domain/run/run.ts';
import { incidentLine } from '../incident/list.ts';
import { actions, type Block, button, context, header, section } from '../kit/block-kit.ts';
import { ACTION } from '../kit/ids.ts';
import { escapeText, inlineCode, linkTo, nameActor, oneLine, slackDate } from '../kit/text.ts';
import { progressLine } from '../run/progress.ts';
import { type HomeRights, rightsText } from './rights-text.ts';

type HomeView = types.HomeView;

const LISTED = 10;
const LONGEST_REASON = 150;

/** `link` leads to the card, '' where there is none. */
export type Linked<Shown> = { readonly shown: Shown; readonly link: string };

export type Home = {
  /** Runs that this person may approve now. */
  readonly approvals: readonly Linked<Run>[];
  readonly incidents: readonly Linked<Incident>[];
  /** Runs that have begun and not ended. */
  readonly running: readonly Linked<Run>[];
  readonly rights: HomeRights;
  /** ms */
  readonly now: number;
};

/** How many of each kind a home has room for. */
export const HOME_ROOM = LISTED;

/** App Home of one person: what waits for them, what is going on, what they may do. */
export function homeView(home: Home): HomeView {
  const { approvals, incidents, running, rights, now } = home;
  return view([
    ...list('Waiting for your approval', approvals, 'Nothing waits for you.', (run) => approvalText(run)),
    ...list('Open incidents', incidents, 'No incident is open.', (incident) => incidentLine(incident, now)),
    ...list('Running rollbacks', running, 'No rollback is running.', (run) => runningText(run, now)),
    header('What you may do'),
    section(rightsText(rights)),
    actions(button({ action: ACTION.refreshHome, text: 'Refresh', value: 'refresh' })),
    context(`As of ${slackDate(new Date(now).toISOString())}.`),
  ]);
}

/** A home that only tells something (mrkdwn). */
export const homeNotice = (text: string): HomeView => view([section(text)]);

const view = (blocks: readonly Block[]): HomeView => ({ type: 'home', blocks: [...blocks] });

function list<Shown>(
  title: string,
  items: readonly Linked<Shown>[],
  none: string,
  textOf: (shown: Shown) => string,
): readonly Block[] {
  const more = items.length - LISTED;
  return [
    header(items.length === 0 ? title : `${title} (${items.length})`),
    ...(items.length === 0 ? [context(none)] : []),
    ...items.slice(0, LISTED).map(({ shown, link }) => {
      return section(`${textOf(shown)}${link === '' ? '' : ` · ${linkTo(link, 'Open')}`}`);
    }),
    ...(more > 0 ? [context(`…and ${more} more`)] : []),
  ];
}

function approvalText({ id, plan, reason, requestedBy, approvals, expiresAt }: Run): string {
  const { service, environment, target, severity, approval } = plan;
  return [
    `:bell: *${escapeText(id)}* ${severity} ${inlineCode(service)} ${escapeText(environment)} → ${escapeText(nameCommit(target))}`,
    `asked by ${nameActor(requestedBy)}: ${oneLine(reason, LONGEST_REASON)}`,
    `${approvals.length} of ${approval.count} approvals, until ${slackDate(expiresAt)}`,
  ].join(' · ');
}

const runningText = (run: Run, now: number): string =>
  `:arrows_counterclockwise: *${escapeText(run.id)}* ${inlineCode(run.plan.service)} → ${escapeText(nameCommit(run.plan.target))}: ${progressLine(run, now)}, began ${formatDuration(startedAgo(run, now))} ago`;

const startedAgo = ({ startedAt }: Run, now: number): number =>
  startedAt === null ? 0 : Math.max(0, now - Date.parse(startedAt));
