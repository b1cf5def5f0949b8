import type { Incident } from '../../domain/incident/incident.ts';
import type { NoticeButtons } from '../../engine/reactions/notices.ts';
import { actions, type Block } from '../kit/block-kit.ts';
import { acknowledge } from './actions/acknowledge.ts';
import { holdRollback } from './actions/hold-rollback.ts';
import { mergeButton } from './actions/merge.ts';
import { releaseLadder } from './actions/release-ladder.ts';
import { releaseRollback } from './actions/release-rollback.ts';
import { rollBack } from './actions/roll-back.ts';
import { setMonitoring } from './actions/set-monitoring.ts';
import { takeRole } from './actions/take-role.ts';
import { update } from './actions/update.ts';
import { incidentButton } from './buttons.ts';

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
  'hold-or-go': ({ incident }) => {
    const shown = [rollBack, holdRollback, releaseRollback].filter(({ button }) =>
      button.onCard.when(incident),
    );
    return shown.length === 0 ? [] : [actions(...shown.map((action) => incidentButton(action, incident)))];
  },
  'take-hold-back': ({ incident }) => [actions(incidentButton(releaseLadder, incident))],
  'set-monitoring': ({ incident }) =>
    incident.rolledBack === null ? [] : [actions(incidentButton(setMonitoring, incident))],
  'roll-back': ({ incident }) => [actions(incidentButton(rollBack, incident))],
  merge: ({ incident, other }) => (other === undefined ? [] : [actions(mergeButton(incident, other))]),
};
