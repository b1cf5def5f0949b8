import { OpenFormButton } from '../../slack/kit/button-values.ts';
import { ACTION } from '../../slack/kit/ids.ts';
import { listenToButton } from '../door/button-press.ts';
import type { InboundRunner } from '../door/inbound.ts';
import type { Router } from '../door/router.ts';
import { openRollbackForm } from './open-rollback-form.ts';

/** The button that answers a mention: opens the rollback form. */
export function listenToOpenFormButton(router: Router, inbound: InboundRunner): void {
  const button = { action: ACTION.openRollbackForm, schema: OpenFormButton };
  listenToButton(
    router,
    inbound,
    button,
    ({ listening, value: { threadTs, ...prefill }, person, triggerId, channel }) => {
      const origin = { channel, ...(threadTs === undefined ? {} : { threadTs }) };
      return openRollbackForm(listening, { person, triggerId, origin, prefill });
    },
  );
}
