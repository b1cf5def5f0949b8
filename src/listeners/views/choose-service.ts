import { VIEW } from '../../slack/ids.ts';
import { parseServiceForm } from '../../slack/modals/service-view.ts';
import type { InboundRunner } from '../inbound.ts';
import type { Listening } from '../listening.ts';
import { formView } from '../open-rollback-form.ts';
import type { Router } from '../router.ts';
import { listenToView } from '../view-submission.ts';

/** A service was chosen: on to the form. */
export function listenToChooseService(router: Router, listening: Listening, inbound: InboundRunner): void {
  const form = { callback: VIEW.chooseService, title: 'Roll back', parse: parseServiceForm };
  listenToView(router, listening, inbound, form, ({ service, ...origin }) =>
    formView(listening, { service, origin, prefill: {} }),
  );
}
