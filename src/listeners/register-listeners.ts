import type { App } from '@slack/bolt';
import { listenToApprovalButtons } from './actions/approval-buttons.ts';
import { listenToIncidentButtons } from './actions/incident-buttons.ts';
import { listenToIncidentRollback } from './actions/incident-rollback-button.ts';
import { listenToOpenDeclareButton } from './actions/open-declare-button.ts';
import { listenToOpenFormButton } from './actions/open-form-button.ts';
import { listenToRunButtons } from './actions/run-buttons.ts';
import { listenToIncidentCommand } from './commands/incident-command.ts';
import { listenToRollbackCommand } from './commands/rollback-command.ts';
import { listenToHome } from './events/app-home-opened.ts';
import { listenToMentions } from './events/app-mention.ts';
import { listenToPushpins } from './events/reaction-added.ts';
import { createInboundRunner } from './inbound.ts';
import type { Listening } from './listening.ts';
import { createRouter } from './router.ts';
import { listenToDeclareShortcuts } from './shortcuts/declare-shortcuts.ts';
import { listenToBreakGlassForm } from './views/break-glass-form.ts';
import { listenToChooseService } from './views/choose-service.ts';
import { listenToDeclareForm } from './views/declare-form.ts';
import { listenToDenyForm } from './views/deny-form.ts';
import { listenToIncidentForms } from './views/incident-forms.ts';
import { listenToRollbackForm } from './views/rollback-form.ts';

/** Everything Slack may send us. The result tells when nothing is in hand any more. */
export function registerListeners(app: App, listening: Listening): { readonly drained: () => Promise<void> } {
  const inbound = createInboundRunner(listening);
  const router = createRouter(app, listening.plainly);
  listenToRollbackCommand(router, listening, inbound);
  listenToMentions(router, listening, inbound);
  listenToApprovalButtons(router, listening, inbound);
  listenToRunButtons(router, listening, inbound);
  listenToOpenFormButton(router, listening, inbound);
  listenToChooseService(router, listening, inbound);
  listenToRollbackForm(router, listening, inbound);
  listenToDenyForm(router, listening, inbound);
  listenToBreakGlassForm(router, listening, inbound);
  listenToIncidentCommand(router, listening, inbound);
  listenToDeclareShortcuts(router, listening, inbound);
  listenToOpenDeclareButton(router, listening, inbound);
  listenToDeclareForm(router, listening, inbound);
  listenToIncidentButtons(router, listening, inbound);
  listenToIncidentRollback(router, listening, inbound);
  listenToIncidentForms(router, listening, inbound);
  listenToPushpins(router, listening, inbound);
  listenToHome(router, listening, inbound);
  return { drained: inbound.drained };
}
