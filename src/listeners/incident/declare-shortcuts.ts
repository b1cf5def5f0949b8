import type { GlobalShortcut, MessageShortcut } from '@slack/bolt';
import { SHORTCUT } from '../../slack/kit/ids.ts';
import { callerOf } from '../door/caller.ts';
import type { InboundRunner } from '../door/inbound.ts';
import type { Listening } from '../door/listening.ts';
import type { Router } from '../door/router.ts';
import { tellAt } from '../door/tell-at.ts';
import { openDeclareForm } from './open-declare-form.ts';

/** "Declare an incident", from anywhere or from a message, whose text and link are filled in. */
export function listenToDeclareShortcuts(router: Router, listening: Listening, inbound: InboundRunner): void {
  for (const callback of [SHORTCUT.declare, SHORTCUT.declareFromMessage]) {
    router.onShortcut(callback, async ({ shortcut }) => {
      const { user } = shortcut;
      await inbound.handle(
        {
          name: callback,
          onceKey: shortcut.trigger_id,
          caller: callerOf(shortcut),
          tell: tellAt(listening, user.id, {}),
        },
        ({ listening: attending, person, team }) =>
          openDeclareForm(attending, {
            ...{ person, team, triggerId: shortcut.trigger_id, from: messageOf(shortcut) },
          }),
      );
    });
  }
}

const messageOf = (shortcut: GlobalShortcut | MessageShortcut) =>
  shortcut.type === 'message_action'
    ? { channel: shortcut.channel.id, ts: shortcut.message.ts, message: shortcut.message }
    : undefined;
