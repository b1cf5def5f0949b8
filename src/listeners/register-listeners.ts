import type { App } from '@slack/bolt';
import { listenToApprovalButtons } from './actions/approval-buttons.ts';
import { listenToOpenFormButton } from './actions/open-form-button.ts';
import { listenToRunButtons } from './actions/run-buttons.ts';
import { listenToRollbackCommand } from './commands/rollback-command.ts';
import { listenToMentions } from './events/app-mention.ts';
import { createInboundRunner } from './inbound.ts';
import type { Listening } from './listening.ts';
import { listenToChooseService } from './views/choose-service.ts';
import { listenToDenyForm } from './views/deny-form.ts';
import { listenToRollbackForm } from './views/rollback-form.ts';

/** Everything Slack may send us. The result tells when nothing is in hand any more. */
export function registerListeners(app: App, listening: Listening): { readonly drained: () => Promise<void> } {
  const inbound = createInboundRunner(listening);
  listenToRollbackCommand(app, listening, inbound);
  listenToMentions(app, listening, inbound);
  listenToApprovalButtons(app, listening, inbound);
  listenToRunButtons(app, listening, inbound);
  listenToOpenFormButton(app, listening, inbound);
  listenToChooseService(app, listening, inbound);
  listenToRollbackForm(app, listening, inbound);
  listenToDenyForm(app, listening, inbound);
  return { drained: inbound.drained };
}
