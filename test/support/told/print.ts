import type { Said } from './said.ts';
import { MINUTE, START, type ToldWorld } from './told-world.ts';

type Heard = { readonly audience: string; readonly isForMany: boolean; readonly said: Said };

/** Who hears a message: a channel, a thread in it, or one person. */
function heardBy({ team, ownChannel }: ToldWorld, said: Said): Heard {
  const { channel, thread_ts } = said.message;
  const names = new Map([
    [team.channels.incidents, 'Incidents channel'],
    [team.channels.stakeholders, 'Stakeholders'],
    [team.channels.deployments, 'Deployments'],
    [ownChannel, 'The incident’s own channel'],
  ]);
  const name = names.get(channel);
  if (name === undefined) return { audience: `${person(channel)}, directly`, isForMany: false, said };
  return { audience: thread_ts === undefined ? name : `${name}, in the thread`, isForMany: true, said };
}

const ORDER = ['Incidents channel', 'Stakeholders', 'Deployments', 'The incident’s own channel'];
const rank = (audience: string): number => {
  const at = ORDER.findIndex((name) => audience.startsWith(name));
  return at < 0 ? ORDER.length : at;
};

/** How many messages were said in channels and threads, and to people directly. */
export function countSaid(world: ToldWorld): { readonly toMany: number; readonly directly: number } {
  const posted = world.said.map((said) => heardBy(world, said)).filter(({ said }) => said.kind === 'posted');
  const toMany = posted.filter(({ isForMany }) => isForMany).length;
  return { toMany, directly: posted.length - toMany };
}

/** What was said in a story, by audience, as Markdown. */
export function printSaid(title: string, world: ToldWorld): string {
  const heard = world.said.map((said) => heardBy(world, said));
  const audiences = [...new Set(heard.map(({ audience }) => audience))].toSorted(
    (a, b) => rank(a) - rank(b) || a.localeCompare(b),
  );
  const { toMany, directly } = countSaid(world);
  return [
    `## ${title}`,
    `${toMany} messages in channels and threads, ${directly} to people directly.`,
    ...audiences.flatMap((audience) => [
      `### ${audience}`,
      ...withoutRepetition(heard.filter((one) => one.audience === audience)).map(printOne),
    ]),
  ].join('\n\n');
}

/** Of a card only its headline is told, and edits only where that changed. */
function withoutRepetition(heard: readonly Heard[]): readonly Heard[] {
  const shown = new Map<string, string>();
  return heard.filter(({ said }) => {
    const words = wordsOf(said);
    const isNew = shown.get(said.message.ts) !== words;
    shown.set(said.message.ts, words);
    return isNew;
  });
}

function printOne({ said }: Heard): string {
  const minutes = Math.floor((said.at - START) / MINUTE);
  const buttons = buttonsOf(said);
  const when = `**${said.kind === 'posted' ? '' : 'edited, '}minute ${minutes}**`;
  return [
    when,
    '',
    ...wordsOf(said)
      .split('\n')
      .map((line) => `> ${line}`.trimEnd()),
    ...(buttons.length === 0 ? [] : ['>', `> ${buttons.map((text) => `[${text}]`).join(' ')}`]),
  ].join('\n');
}

const isCard = ({ message }: Said): boolean => message.blocks?.[0]?.type === 'header';

function wordsOf(said: Said): string {
  const { text } = said.message;
  return readable(isCard(said) ? `${text.split('\n')[0]} …` : text);
}

/** As Slack draws it, with people by their parts and times in UTC. */
const readable = (mrkdwn: string): string =>
  mrkdwn
    .replace(/<!date\^(\d+)\^[^|>]*\|[^>]*>/g, (_, seconds) =>
      new Date(Number(seconds) * 1_000).toISOString().slice(11, 16),
    )
    .replace(/<@(\w+)>/g, (_, id) => person(id))
    .replace(/<#(\w+)>/g, '#incidents')
    .replace(/<(https?:[^|>]*)\|([^>]*)>/g, '[$2]($1)')
    .replace(/&gt;/g, '>')
    .replace(/&lt;/g, '<')
    .replace(/&amp;/g, '&')
    .replace(/\*([^*\n]+)\*/g, '**$1**');

const person = (id: string): string => `@${id.replace(/^U0/, '').toLowerCase()}`;

function buttonsOf(said: Said): readonly string[] {
  if (isCard(said)) return [];
  return (said.message.blocks ?? []).flatMap((block) =>
    block.type === 'actions' && Array.isArray(block['elements'])
      ? block['elements'].map(({ text }) => String(text?.text))
      : [],
  );
}
