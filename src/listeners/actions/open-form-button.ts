import { OpenFormButton } from '../../slack/button-values.ts';
import { ACTION } from '../../slack/ids.ts';
import { listenToButton } from '../button-press.ts';
import type { InboundRunner } from '../inbound.ts';
import type { Listening } from '../listening.ts';
import { openRollbackForm } from '../open-rollback-form.ts';
import type { Router } from '../router.ts';

/** The button that answers a mention: opens the rollback form. */
export function listenToOpenFormButton(router: Router, listening: Listening, inbound: InboundRunner): void {
  const button = { action: ACTION.openRollbackForm, schema: OpenFormButton };
  listenToButton(
    router,
    inbound,
    button,
    ({ value: { threadTs, ...prefill }, person, triggerId, channel }) => {
      const origin = { channel, ...(threadTs === undefined ? {} : { threadTs }) };
      return openRollbackForm(listening, { person, triggerId, origin, prefill });
    },
  );
}
