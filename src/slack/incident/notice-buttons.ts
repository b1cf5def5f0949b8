import type { Incident } from '../../domain/incident/incident.ts';
import type { NoticeButtons } from '../../engine/reactions/notices.ts';
import { actions, type Block, button } from '../kit/block-kit.ts';
import { encodeButton } from '../kit/button-values.ts';
import { ACTION } from '../kit/ids.ts';
import { acknowledgeButton } from './buttons.ts';
import { holdOrGo } from './rollback.ts';

type About = { readonly incident: Incident; readonly other: Incident | undefined };

/** What people can do right where they are told of something. `other` is an incident that may be the same. */
export const noticeButtons = (buttons: NoticeButtons, about: About): readonly Block[] =>
  BLOCKS[buttons](about);

const BLOCKS: Readonly<Record<NoticeButtons, (about: About) => readonly Block[]>> = {
  acknowledge: ({ incident }) =>
    incident.acknowledged === null ? [actions(acknowledgeButton(incident))] : [],
  'write-update': ({ incident }) => [
    actions(
      button({
        action: ACTION.updateIncident,
        text: 'Write the update',
        value: encodeButton({ incident: incident.id }),
        style: 'primary',
      }),
    ),
  ],
  roles: ({ incident }) => [
    actions(
      button({
        action: ACTION.incidentRoles,
        text: 'Roles',
        value: encodeButton({ incident: incident.id }),
      }),
    ),
  ],
  'hold-or-go': ({ incident }) => holdOrGo(incident, incident.automaticRollback),
  'start-rollback': ({ incident }) => [
    actions(
      button({
        action: ACTION.incidentRollback,
        text: 'Start rollback',
        value: encodeButton({ incident: incident.id }),
      }),
    ),
  ],
  merge: ({ incident, other }) => (other === undefined ? [] : [actions(mergeButton(incident, other))]),
};

const mergeButton = ({ id }: Incident, other: Incident) =>
  button({
    action: ACTION.mergeIncident,
    text: `Merge into ${other.id}`,
    value: encodeButton({ incident: id, into: other.id }),
    confirm: {
      title: `Merge ${id} into ${other.id}?`,
      text: `${id} is closed, its timers stop, and work goes on in ${other.id}.`,
      yes: 'Merge',
      no: 'Keep both',
    },
  });
