import type { DomainEvent } from '../../domain/events.ts';
import { eventWords, type StepTitles } from '../../words/timeline.ts';
import { context, header, type Message, section } from '../kit/block-kit.ts';
import { message } from '../kit/message.ts';
import { drawMrkdwn } from '../kit/mrkdwn.ts';
import { escapeText, nameActor, slackDate } from '../kit/text.ts';

/** Leaves room for heading and note within the 12,000 characters of a message. */
const ROOM = 11_000;
const SECTION = 2_900;

/** What `timeline` answers: a line an event, oldest first; where there is no room for all, the newest are kept. */
export function timelineMessage(incident: string, events: readonly DomainEvent[]): Message {
  const titles = stepTitles(events);
  const lines = events.map((event) => {
    const words = eventWords(event, titles.get(event.stream) ?? new Map());
    return `\`${utcTime(event.at)}\` ${slackDate(event.at)} ${nameActor(event.actor)}: ${drawMrkdwn(words)}`;
  });
  const { kept, left } = keepNewest(lines);
  const title = `Timeline of ${incident}`;
  return message(`${escapeText(title)}: ${events.length} events`, [
    header(title),
    ...(left === 0 ? [] : [context(`${left} earlier events don't fit here.`)]),
    ...sections(kept).map((text) => section(text)),
  ]);
}

/** By run; steps that a new plan no longer has keep the title of the old one. */
function stepTitles(events: readonly DomainEvent[]): ReadonlyMap<string, StepTitles> {
  const titles = new Map<string, Map<string, string>>();
  for (const event of events) {
    if (event.type !== 'rollback.requested' && event.type !== 'plan.replaced') continue;
    const ofRun = titles.get(event.stream) ?? new Map<string, string>();
    for (const { id, title } of event.payload.plan.steps) ofRun.set(id, title);
    titles.set(event.stream, ofRun);
  }
  return titles;
}

function keepNewest(lines: readonly string[]): { readonly kept: readonly string[]; readonly left: number } {
  let room = ROOM;
  let from = lines.length;
  for (let index = lines.length - 1; index >= 0; index -= 1) {
    room -= (lines[index]?.length ?? 0) + 1;
    if (room < 0) break;
    from = index;
  }
  return { kept: lines.slice(from), left: from };
}

function sections(lines: readonly string[]): readonly string[] {
  const texts: string[] = [];
  for (const line of lines) {
    const last = texts.at(-1);
    if (last === undefined || last.length + 1 + line.length > SECTION) texts.push(line);
    else texts[texts.length - 1] = `${last}\n${line}`;
  }
  return texts;
}

const utcTime = (iso: string): string => `${iso.slice(11, 19)} UTC`;
