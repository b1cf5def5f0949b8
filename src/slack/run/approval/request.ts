import type { ReplacedBecause } from '../../../domain/run/events.ts';
import { hasStarted, type Run } from '../../../domain/run/run.ts';
import { PICTURES } from '../../../words/pictures.ts';
import { SEVERITY_SIGN } from '../../../words/signs.ts';
import { actions, type Block, button, header, section } from '../../kit/block-kit.ts';
import { encodeButton } from '../../kit/button-values.ts';
import { ACTION } from '../../kit/ids.ts';
import { pictured, truncateMrkdwn } from '../../kit/text.ts';
import { fromTo } from '../../plan/from-to.ts';
import { verdictLine } from '../../plan/verdict-line.ts';

/** Four lines on a phone, with a mention in it. */
const WHY = 170;

/**
 * What an approver has to know and press, within a phone's first screen: what goes to what, who asks and why, how
 * worried to be, Approve, Deny, View plan. The same on the card in the channel and in a message to a person;
 * `text` is the rendered template approval-request (mrkdwn).
 */
export function approvalRequest(
  run: Run,
  { serviceTitle, text }: { readonly serviceTitle: string; readonly text: string },
): { readonly headline: string; readonly blocks: readonly Block[] } {
  const { plan, replacedBecause } = run;
  const headline = `${PICTURES.bell} Approve? ${fromTo(plan, serviceTitle)}`;
  const again = replacedBecause === null ? [] : [section(againText(run, replacedBecause))];
  return {
    headline,
    blocks: [
      header(headline),
      ...again,
      section(`${pictured(SEVERITY_SIGN[plan.severity])} *${plan.severity}* ${shortened(text)}`),
      section(verdictLine(plan.blastRadius)),
      decisionButtons(run),
    ],
  };
}

const shortened = (text: string): string =>
  text.length <= WHY ? text : `${truncateMrkdwn(text, WHY)} more in View plan`;

function decisionButtons(run: Run): Block {
  const value = encodeButton({ run: run.id, digest: run.digest });
  return actions(
    button({ action: ACTION.approve, text: 'Approve', value, style: 'primary' }),
    button({ action: ACTION.deny, text: 'Deny', value, style: 'danger' }),
    viewPlanButton(run),
  );
}

export const viewPlanButton = ({ id }: Pick<Run, 'id'>) =>
  button({ action: ACTION.viewPlan, text: 'View plan', value: encodeButton({ run: id }) });

const BECAUSE: Readonly<Record<ReplacedBecause, string>> = {
  'branch-moved': 'somebody pushed to the branch since',
  'playbook-changed': 'the playbook was edited since',
  'configuration-changed': 'the configuration was edited, or Walkback updated, since',
  'severity-changed': 'the severity was changed since',
};

function againText(run: Run, because: ReplacedBecause): string {
  const begun = hasStarted(run)
    ? ' Work on the earlier plan had begun; this one begins at its first step.'
    : '';
  return `${pictured('warning')} *Needs approval again*: ${BECAUSE[because]}.${begun}`;
}
