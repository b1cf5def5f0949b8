import { DateTime } from 'luxon';
import type { Team } from './team.ts';

const LONGEST_SEARCH_DAYS = 7;

/** When the next business day after an instant (ms) ends, in ms: by the clock on the wall, whatever it is changed to. */
export function endOfNextBusinessDay(hours: Team['businessHours'], after: number): number {
  const start = DateTime.fromMillis(after, { zone: hours.timeZone }).startOf('day');
  for (let days = 1; days <= LONGEST_SEARCH_DAYS; days += 1) {
    const day = start.plus({ days });
    if (hours.days.some((name) => WEEKDAYS[name] === day.weekday)) return atTime(day, hours.to);
  }
  throw new Error('business hours without a day');
}

const WEEKDAYS: Readonly<Record<Team['businessHours']['days'][number], number>> = {
  mon: 1,
  tue: 2,
  wed: 3,
  thu: 4,
  fri: 5,
  sat: 6,
  sun: 7,
};

function atTime(day: DateTime, time: string): number {
  const [hour, minute] = time.split(':').map(Number);
  return day.set({ hour: hour ?? 0, minute: minute ?? 0 }).toMillis();
}
