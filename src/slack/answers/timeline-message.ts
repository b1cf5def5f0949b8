import type { DomainEvent } from '../../domain/domain-event.ts';
import { context, header, type Message, section } from '../block-kit.ts';
import { message } from '../message.ts';
import { escapeText, nameActor, slackDate } from '../text.ts';
import { eventWords } from './timeline-words.ts';

/** Leaves room for heading and note within the 12,000 characters of a message. */
const ROOM = 11_000;
const SECTION = 2_900;

/** What `timeline` answers: a line an event, oldest first; where there is no room for all, the newest are kept. */
export function timelineMessage(incident: string, events: readonly DomainEvent[]): Message {
  const lines = events.map(
    (event) =>
      `\`${utcTime(event.at)}\` ${slackDate(event.at)} ${nameActor(event.actor)}: ${eventWords(event)}`,
  );
  const { kept, left } = keepNewest(lines);
  const title = `Timeline of ${incident}`;
  return message(`${escapeText(title)}: ${events.length} events`, [
    header(title),
    ...(left === 0 ? [] : [context(`${left} earlier events don't fit here.`)]),
    ...sections(kept).map((text) => section(text)),
  ]);
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
