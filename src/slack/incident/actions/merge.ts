import type { types } from '@slack/bolt';
import { z } from 'zod';
import { merge as definition } from '../../../domain/incident/actions/merge.ts';
import type { Incident } from '../../../domain/incident/incident.ts';
import { button } from '../../kit/block-kit.ts';
import { encodeButton, IncidentButton } from '../../kit/button-values.ts';
import { incidentActionId } from '../../kit/ids.ts';
import { atOnce } from './at-once.ts';

/** Merges the one that was declared twice into the other, which its button names. */
export const merge = atOnce(definition, {
  button: null,
  carries: IncidentButton.extend({ into: z.string().min(1) }),
  fields: ({ into }) => ({ into }),
});

export const mergeButton = ({ id }: Incident, other: Incident): types.Button =>
  button({
    action: incidentActionId(merge.press),
    text: `Merge into ${other.id}`,
    value: encodeButton({ incident: id, into: other.id }),
    confirm: {
      title: `Merge ${id} into ${other.id}?`,
      text: `${id} is closed, its timers stop, and work goes on in ${other.id}.`,
      yes: 'Merge',
      no: 'Keep both',
    },
  });
