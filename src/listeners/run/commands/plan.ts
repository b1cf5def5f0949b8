import type { Severity } from '../../../domain/severity.ts';
import { makePlan } from '../../../engine/plan/make-plan.ts';
import { textMessage } from '../../../slack/kit/message.ts';
import { refusalText } from '../../../slack/kit/refusal.ts';
import { planMessage } from '../../../slack/plan/message.ts';
import { say, subCommand } from '../../door/sub-command.ts';

/** The severity that a plan is shown for when nobody has chosen one: the most urgent. */
const SHOWN_SEVERITY: Severity = 'P0';

export const plan = subCommand({
  words: ['plan'],
  usage: 'SERVICE [TARGET]',
  help: { does: 'see what would happen; starts nothing' },
  parse: ([service, target]) => (service === undefined ? undefined : { service, target }),
  answer: async ({ service, target }, { listening, team }) => {
    const planned = await makePlan(listening, { service, target, severity: SHOWN_SEVERITY, parameters: {} });
    if (planned.kind === 'refused') return say(textMessage(refusalText(planned.refusal)));
    const serviceTitle = team.services[service]?.title ?? service;
    return say(planMessage({ plan: planned.plan, digest: planned.digest, serviceTitle }));
  },
});
