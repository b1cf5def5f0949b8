import { DeclareButton } from '../../slack/kit/button-values.ts';
import { ACTION } from '../../slack/kit/ids.ts';
import { listenToButton } from '../door/button-press.ts';
import type { InboundRunner } from '../door/inbound.ts';
import type { Router } from '../door/router.ts';
import { openDeclareForm } from './open-declare-form.ts';

/** The button that answers a mention: opens the declaration, filled in from the thread it was asked in. */
export function listenToOpenDeclareButton(router: Router, inbound: InboundRunner): void {
  const button = { action: ACTION.openDeclareForm, schema: DeclareButton };
  listenToButton(
    router,
    inbound,
    button,
    async ({ listening, value: { threadTs, title }, person, team, triggerId, channel }) => {
      const from = threadTs === undefined ? undefined : { channel, ts: threadTs };
      await openDeclareForm(listening, { person, team, triggerId, from, channel, title });
    },
  );
}
