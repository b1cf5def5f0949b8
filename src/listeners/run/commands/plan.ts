import { titleOfPlan } from '../../../domain/plan/title-of-plan.ts';
import type { Severity } from '../../../domain/severity.ts';
import { typedName } from '../../../domain/typed-name.ts';
import { makePlan } from '../../../engine/plan/make-plan.ts';
import { textMessage } from '../../../slack/kit/message.ts';
import { refusalText } from '../../../slack/kit/refusal.ts';
import { inlineCode } from '../../../slack/kit/text.ts';
import { planMessage } from '../../../slack/plan/message.ts';
import { say, subCommand } from '../../door/sub-command.ts';

/** The severity that a plan is shown for when nobody has chosen one: the most urgent. */
const SHOWN_SEVERITY: Severity = 'P0';
const LISTED = 20;

export const plan = subCommand({
  words: ['plan'],
  usage: 'SERVICE [TARGET]',
  ofService: true,
  most: 2,
  help: { does: 'see what would happen; starts nothing' },
  parse: ([service, target]) => ({ named: service, target: target && typedName(target) }),
  answer: async ({ named, target }, { listening, team, typed }) => {
    const known = Object.keys(team.services);
    const only = known.length === 1 ? known[0] : undefined;
    const service = named ?? only;
    if (service === undefined) {
      const commands = known.slice(0, LISTED).map((name) => inlineCode(`${typed} plan ${name}`));
      return say(textMessage(['Of which service?', ...commands].join('\n')));
    }
    const planned = await makePlan(listening, { service, target, severity: SHOWN_SEVERITY, parameters: {} });
    if (planned.kind === 'refused') return say(textMessage(refusalText(planned.refusal)));
    const serviceTitle = titleOfPlan(planned.plan, team);
    return say(planMessage({ plan: planned.plan, digest: planned.digest, serviceTitle }));
  },
});
