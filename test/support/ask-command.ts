import type { EventStore } from '../../src/engine/ports/event-store.ts';
import { answerText, type SlashCommand } from '../../src/listeners/door/answer-text.ts';
import type { InboundRunner } from '../../src/listeners/door/inbound.ts';
import type { Attending, Telling } from '../../src/listeners/door/listening.ts';
import type { Answer, Place } from '../../src/listeners/door/sub-command.ts';
import { incidentTeam } from './incident-team.ts';
import { quietLog } from './quiet-log.ts';
import { START } from './run-builder.ts';

type Asking = { readonly roles?: readonly string[]; readonly typed?: string; readonly place?: Place };

/** What somebody with these roles of `incidentTeam` is answered where nothing has happened yet, and by which runner. */
export async function askCommand(
  slash: SlashCommand,
  text: string,
  { roles = ['responder'], typed = `/${slash.name}`, place = { channel: 'C1' } }: Asking = {},
): Promise<{ readonly answer: Answer; readonly by: 'handle' | 'answer' }> {
  const store: Partial<EventStore> = {
    read: async () => [],
    recent: async () => [],
    open: async () => [],
    lockOf: async () => undefined,
  };
  const catalog = { team: async () => incidentTeam, playbook: async () => undefined };
  const listening = { store, catalog, telling: catalog, clock: { now: () => START } };
  const handled = {
    ...{ person: { id: 'U1ROBIN', roles }, team: incidentTeam, log: quietLog, reference: '0' },
    listening: listening as Partial<Attending & Telling> as Attending & Telling,
  };
  let by: 'handle' | 'answer' = 'handle';
  const inbound: InboundRunner = {
    handle: (_, work) => work(handled),
    answer: (_, work) => {
      by = 'answer';
      return work(handled);
    },
    drained: async () => undefined,
  };
  const request = { name: 'x', onceKey: 'x', caller: { user: 'U1ROBIN', team: 'T1' }, tell: async () => {} };
  const answers: Answer[] = [];
  await answerText(inbound, request, { commands: slash.commands, text, typed, place }, async (answer) => {
    answers.push(answer);
  });
  const [answer] = answers;
  if (answer === undefined) throw new Error('no answer');
  return { answer, by };
}

/** All that the answer says: a message, or the offer of a form. */
export async function saidTo(...asked: Parameters<typeof askCommand>): Promise<string> {
  const { answer } = await askCommand(...asked);
  return JSON.stringify(answer.kind === 'message' ? answer.message : answer.offer);
}
