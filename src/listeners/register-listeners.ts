import type { App } from '@slack/bolt';
import { listenToApprovalButtons } from './actions/approval-buttons.ts';
import { listenToOpenFormButton } from './actions/open-form-button.ts';
import { listenToRunButtons } from './actions/run-buttons.ts';
import { listenToRollbackCommand } from './commands/rollback-command.ts';
import { listenToMentions } from './events/app-mention.ts';
import { createInboundRunner } from './inbound.ts';
import type { Listening } from './listening.ts';
import { createRouter } from './router.ts';
import { listenToChooseService } from './views/choose-service.ts';
import { listenToDenyForm } from './views/deny-form.ts';
import { listenToRollbackForm } from './views/rollback-form.ts';

/** Everything Slack may send us. The result tells when nothing is in hand any more. */
export function registerListeners(app: App, listening: Listening): { readonly drained: () => Promise<void> } {
  const inbound = createInboundRunner(listening);
  const router = createRouter(app);
  listenToRollbackCommand(router, listening, inbound);
  listenToMentions(app, listening, inbound);
  listenToApprovalButtons(router, listening, inbound);
  listenToRunButtons(router, listening, inbound);
  listenToOpenFormButton(router, listening, inbound);
  listenToChooseService(router, listening, inbound);
  listenToRollbackForm(router, listening, inbound);
  listenToDenyForm(router, listening, inbound);
  return { drained: inbound.drained };
}
