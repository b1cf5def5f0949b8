import type { Run } from '../../domain/run/run.ts';
import { requestRollback } from '../../engine/policy/request-rollback.ts';
import { VIEW } from '../../slack/kit/ids.ts';
import { channelRef } from '../../slack/kit/text.ts';
import type { RollbackFormValues } from '../../slack/run/forms/parse-rollback.ts';
import { parseRollbackForm } from '../../slack/run/forms/parse-rollback.ts';
import { refusedForm } from '../door/explain-refusal.ts';
import type { InboundRunner } from '../door/inbound.ts';
import type { Attending, Listening } from '../door/listening.ts';
import type { Router } from '../door/router.ts';
import { listenToView } from '../door/view-submission.ts';

/** The rollback form was sent: ask for the rollback. A refusal stands above the form, with what was typed kept. */
export function listenToRollbackForm(router: Router, listening: Listening, inbound: InboundRunner): void {
  const form = { callback: VIEW.rollbackForm, title: 'Roll back', parse: parseRollbackForm };
  listenToView(router, listening, inbound, form, async (values, handling) => {
    const { listening: attending, person, team, log } = handling;
    const { origin } = values;
    const thread = origin.threadTs === undefined ? null : { channel: origin.channel, ts: origin.threadTs };
    const parameters = await parametersOfPlaybook(attending, values);
    const { incident } = origin;
    const answer = await requestRollback(attending, { ...values, parameters, person, thread, incident });
    if (answer.kind === 'refused') {
      log.info({ refusal: answer.refusal.reason }, 'rollback refused');
      return refusedForm(answer.refusal, handling);
    }
    const { incidents } = team.channels;
    // It may have joined one that nobody named.
    const joined = answer.run.incident;
    const own = joined === null ? `in ${channelRef(incidents)}` : `in the thread of ${joined}`;
    const where = thread === null ? own : 'in the thread you came from';
    const isShown = thread !== null || origin.channel === incidents;
    return {
      kind: 'done',
      text: askedText(answer.run, where),
      ...(isShown ? {} : { asked: { channel: origin.channel } }),
    };
  });
}

const askedText = ({ id, status, plan }: Run, where: string): string =>
  status === 'deferred'
    ? `*${id}* is on the list for the next deployment: ${plan.severity} rollbacks don't run before that. If it can't wait, *View plan* on its card ${where} offers to break the glass to who may.`
    : `*${id}* waits for approval ${where}. Nothing runs before that.`;

/** The form asks for the parameters of all the service's playbooks; the one that was chosen gets its own. */
async function parametersOfPlaybook(
  { catalog }: Attending,
  { playbook, parameters }: RollbackFormValues,
): Promise<Readonly<Record<string, string>>> {
  const loaded = await catalog.playbook(playbook);
  const known = loaded?.playbook.parameters.map(({ name }) => name) ?? [];
  return Object.fromEntries(Object.entries(parameters).filter(([name]) => known.includes(name)));
}
