import { relative } from 'node:path';
import { channels, people } from './slack-workspace.ts';
import type { Demo } from './start-demo.ts';

/** What to open, what to type and as whom; `broken` is whether the shop still runs the bad release. */
export function invitation(
  demo: Demo,
  { directory, broken }: { readonly directory: string; readonly broken: boolean },
): string {
  const at = (file: string): string => relative(process.cwd(), file);
  const { responder, approver } = people;
  const condition = broken
    ? `The shop is broken: every fourth request fails, the rest take a second. See ${demo.shop.url}`
    : `The shop is well at ${demo.shop.url}, since an earlier rollback. To break it again: npm run demo -- --reset`;
  return `
${condition}

  1. Open ${demo.slackUrl} and be ${responder.real_name}: “Act as”, at the top.
  2. In #${channels.incidents.name} type /rollback shop, choose a severity, say what is wrong, and send the form.
  3. Act as ${approver.real_name}, and press Approve on the card.
  4. Open the thread under the card, and watch the shop get well.

  Health   ${demo.shop.url}/health
  Logs     ${at(demo.logs.bot)}, ${at(demo.logs.shop)}
  Settings ${at(directory)}/walkback.yml and ${at(directory)}/playbooks/

Ctrl-C stops everything; the next start goes on from here.
`;
}
