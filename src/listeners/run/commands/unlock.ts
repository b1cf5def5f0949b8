import { typedName } from '../../../domain/typed-name.ts';
import { unlockService } from '../../../engine/run/cancel.ts';
import { textMessage } from '../../../slack/kit/message.ts';
import { inlineCode, slackDate } from '../../../slack/kit/text.ts';
import { explainRefusal } from '../../door/explain-refusal.ts';
import { type Asked, asText, type Said, say, subCommand, typedOf } from '../../door/sub-command.ts';
import { mayUnlock } from './may.ts';

const WORDS = ['unlock'];
const USAGE = 'SERVICE ENVIRONMENT REASON';

export const unlock = subCommand({
  words: WORDS,
  usage: USAGE,
  help: { does: 'end whatever holds it', mayUse: mayUnlock },
  ofService: true,
  parse: ([service, environment, ...reason]) => ({
    service,
    environment: environment && typedName(environment),
    reason: asText(reason),
  }),
  answer: async ({ service, environment: named, reason }, asked) => {
    const { listening, person, team } = asked;
    // Nobody thinks about a reason in vain.
    if (!mayUnlock(asked)) {
      const refusal = { reason: 'not-permitted', roles: team.permissions.unlock } as const;
      return say(textMessage(explainRefusal(refusal, asked)));
    }
    if (service === undefined || named === undefined || reason === '') return whatIsLocked(asked);
    const environment = environmentNamed(team, service, named);
    const answer = await unlockService(listening, { service, environment, reason, person });
    const text =
      answer.kind === 'refused'
        ? explainRefusal(answer.refusal, asked)
        : `${answer.run.id} was ended; ${inlineCode(service)} ${inlineCode(environment)} is free again.`;
    return say(textMessage(text));
  },
});

/** As walkback.yml has it, whatever the capitals. */
function environmentNamed({ services }: Asked['team'], service: string, typed: string): string {
  const known = Object.hasOwn(services, service) ? Object.keys(services[service]?.environments ?? {}) : [];
  return known.find((name) => name.toLowerCase() === typed.toLowerCase()) ?? typed;
}

async function whatIsLocked({ listening, team, typed }: Asked): Promise<Said> {
  const places = Object.entries(team.services).flatMap(([service, { environments }]) =>
    Object.keys(environments).map((environment) => ({ service, environment })),
  );
  const locks = await Promise.all(
    places.map(async (place) => ({
      ...place,
      lock: await listening.store.lockOf(place.service, place.environment),
    })),
  );
  const held = locks.flatMap(({ service, environment, lock }) =>
    lock === undefined
      ? []
      : [
          `${lock.run} since ${slackDate(lock.since)}: ${inlineCode(typedOf(typed, WORDS, `${service} ${environment} REASON`))}`,
        ],
  );
  const usage = `That needs a little more: ${inlineCode(typedOf(typed, WORDS, USAGE))}`;
  return say(
    textMessage(held.length === 0 ? `${usage}\nNothing is locked now.` : [usage, ...held].join('\n')),
  );
}
