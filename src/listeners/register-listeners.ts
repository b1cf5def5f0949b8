import type { App } from '@slack/bolt';
import { createInboundRunner } from './door/inbound.ts';
import type { Entrance } from './door/listening.ts';
import { createRouter } from './door/router.ts';
import { listenToSlashCommand } from './door/slash-command.ts';
import { listenToUnknownIds } from './door/unknown-ids.ts';
import { listenToHome } from './home/app-home-opened.ts';
import { listenToIncidentButtons } from './incident/buttons.ts';
import { listenToDeclareShortcuts } from './incident/declare-shortcuts.ts';
import { ELSEWHERE } from './incident/elsewhere.ts';
import { listenToIncidentForms } from './incident/forms.ts';
import { listenToOpenDeclareButton } from './incident/open-declare-button.ts';
import { listenToMentions } from './mention.ts';
import { listenToApprovalButtons } from './run/approval-buttons.ts';
import { listenToBreakGlassForm } from './run/break-glass-form.ts';
import { listenToRunButtons } from './run/buttons.ts';
import { listenToChooseService } from './run/choose-service.ts';
import { listenToDenyForm } from './run/deny-form.ts';
import { listenToOpenFormButton } from './run/open-form-button.ts';
import { listenToRollbackForm } from './run/rollback-form.ts';
import { listenToStepForms } from './run/step-form.ts';
import { SLASH_COMMANDS } from './slash-commands.ts';

/** Everything Slack may send us. The result tells when nothing is in hand any more. */
export function registerListeners(app: App, listening: Entrance): { readonly drained: () => Promise<void> } {
  const inbound = createInboundRunner(listening);
  const router = createRouter(app, listening.plainly);
  for (const command of SLASH_COMMANDS) listenToSlashCommand(router, inbound, command);
  listenToMentions(router, listening, inbound);
  listenToApprovalButtons(router, listening, inbound);
  listenToRunButtons(router, inbound);
  listenToOpenFormButton(router, inbound);
  listenToChooseService(router, listening, inbound);
  listenToRollbackForm(router, listening, inbound);
  listenToDenyForm(router, listening, inbound);
  listenToBreakGlassForm(router, listening, inbound);
  listenToStepForms(router, listening, inbound);
  listenToDeclareShortcuts(router, listening, inbound);
  listenToOpenDeclareButton(router, inbound);
  listenToIncidentButtons(router, listening, inbound);
  listenToIncidentForms(router, listening, inbound);
  for (const listen of Object.values(ELSEWHERE)) listen(router, listening, inbound);
  listenToHome(router, listening, inbound);
  listenToUnknownIds(router, listening, inbound);
  return { drained: inbound.drained };
}
