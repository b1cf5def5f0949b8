import { VIEW } from '../../slack/kit/ids.ts';
import { parseServiceForm } from '../../slack/run/forms/service.ts';
import type { InboundRunner } from '../door/inbound.ts';
import type { Listening } from '../door/listening.ts';
import type { Router } from '../door/router.ts';
import { listenToView } from '../door/view-submission.ts';
import { formView } from './open-rollback-form.ts';

/** A service was chosen: on to the form. */
export function listenToChooseService(router: Router, listening: Listening, inbound: InboundRunner): void {
  const form = { callback: VIEW.chooseService, title: 'Roll back', parse: parseServiceForm };
  listenToView(router, listening, inbound, form, async ({ service, ...origin }, handling) => {
    const made = await formView(handling.listening, { service, origin, prefill: {} });
    return made.kind === 'form' ? { kind: 'next', view: made.view } : { kind: 'refused', text: made.text };
  });
}
