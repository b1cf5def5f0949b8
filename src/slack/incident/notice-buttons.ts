import type { Incident } from '../../domain/incident/incident.ts';
import type { NoticeButtons } from '../../engine/reactions/notices.ts';
import { actions, type Block } from '../kit/block-kit.ts';
import { acknowledge } from './actions/acknowledge.ts';
import { mergeButton } from './actions/merge.ts';
import { releaseLadder } from './actions/release-ladder.ts';
import { setMonitoring } from './actions/set-monitoring.ts';
import { startRollback } from './actions/start-rollback.ts';
import { takeRole } from './actions/take-role.ts';
import { update } from './actions/update.ts';
import { cardRow, incidentButton } from './buttons.ts';

type About = { readonly incident: Incident; readonly other: Incident | undefined };

/** What people can do right where they are told of something. `other` is an incident that may be the same. */
export const noticeButtons = (buttons: NoticeButtons, about: About): readonly Block[] =>
  BLOCKS[buttons](about);

const BLOCKS: Readonly<Record<NoticeButtons, (about: About) => readonly Block[]>> = {
  acknowledge: ({ incident }) =>
    incident.acknowledged === null ? [actions(incidentButton(acknowledge, incident))] : [],
  'write-update': ({ incident }) => [
    actions(incidentButton(update, incident, { text: 'Write the update', style: 'primary' })),
  ],
  roles: ({ incident }) => [actions(incidentButton(takeRole, incident))],
  'hold-or-go': ({ incident }) => cardRow(incident, 'rollback'),
  'take-hold-back': ({ incident }) => [actions(incidentButton(releaseLadder, incident))],
  'set-monitoring': ({ incident }) =>
    incident.rolledBack === null ? [] : [actions(incidentButton(setMonitoring, incident))],
  'start-rollback': ({ incident }) => [actions(incidentButton(startRollback, incident))],
  merge: ({ incident, other }) => (other === undefined ? [] : [actions(mergeButton(incident, other))]),
};
