import { describe, expect, it } from 'vitest';
import { endOfNextBusinessDay } from '../../../../src/domain/team/business-time.ts';
import type { Team } from '../../../../src/domain/team/team.ts';

type Hours = Team['businessHours'];
const hours = (given: Partial<Hours> = {}): Hours => ({
  timeZone: 'Europe/Zurich',
  days: ['mon', 'tue', 'wed', 'thu', 'fri'],
  from: '09:00',
  to: '17:00',
  ...given,
});
const end = (after: string, given: Partial<Hours> = {}): string =>
  new Date(endOfNextBusinessDay(hours(given), Date.parse(after))).toISOString();

describe('the end of the next business day', () => {
  it.each([
    ['of a Monday', '2026-01-05T08:00:00.000Z', '2026-01-06T16:00:00.000Z'],
    ['of a Friday morning', '2026-01-09T08:00:00.000Z', '2026-01-12T16:00:00.000Z'],
    ['of a Friday evening', '2026-01-09T19:00:00.000Z', '2026-01-12T16:00:00.000Z'],
    ['of a Saturday', '2026-01-10T11:00:00.000Z', '2026-01-12T16:00:00.000Z'],
    ['of a Sunday, one minute before midnight', '2026-01-11T22:59:00.000Z', '2026-01-12T16:00:00.000Z'],
    ['of a Monday, just after midnight', '2026-01-11T23:00:00.000Z', '2026-01-13T16:00:00.000Z'],
  ])('%s', (_, after, expected) => {
    expect(end(after)).toBe(expected);
  });

  it.each([
    ['Europe/Zurich', 'spring', '2026-03-27T19:00:00.000Z', '2026-03-30T15:00:00.000Z'],
    ['Europe/Zurich', 'autumn', '2026-10-23T18:00:00.000Z', '2026-10-26T16:00:00.000Z'],
    ['America/New_York', 'spring', '2026-03-07T01:00:00.000Z', '2026-03-09T21:00:00.000Z'],
    ['America/New_York', 'autumn', '2026-10-31T00:00:00.000Z', '2026-11-02T22:00:00.000Z'],
  ])(
    'is by the clock on the wall where it is changed at the weekend: %s in %s',
    (timeZone, _, after, expected) => {
      expect(end(after, { timeZone })).toBe(expected);
    },
  );

  it.each([
    ['Europe/Zurich', '2026-10-25T00:30:00.000Z'], // 02:30, for the first time
    ['Europe/Zurich', '2026-10-25T01:30:00.000Z'], // 02:30 again
    ['Europe/Zurich', '2026-03-29T00:59:59.999Z'], // the last instant before 03:00
  ])('is the same day whenever in the hour of the change it is asked: %s %s', (timeZone, after) => {
    expect(end(after, { timeZone }).slice(0, 10)).toMatch(/^2026-(10-26|03-30)$/);
  });

  it('is an hour later where its own time of day is left out in spring', () => {
    expect(end('2026-03-28T12:00:00.000Z', { days: ['sun'], from: '00:00', to: '02:30' })).toBe(
      '2026-03-29T01:30:00.000Z',
    );
  });

  it('is not passed over where it has but 23 hours', () => {
    expect(end('2026-03-28T22:30:00.000Z', { days: ['sat', 'sun', 'mon'] })).toBe('2026-03-29T15:00:00.000Z');
  });

  it('is a week later where a team works on one day alone', () => {
    expect(end('2026-01-07T10:00:00.000Z', { days: ['wed'] })).toBe('2026-01-14T16:00:00.000Z');
  });

  it('counts days by the zone, not by UTC', () => {
    // Already Monday in Auckland, still Sunday in UTC.
    expect(end('2026-01-11T12:00:00.000Z', { timeZone: 'Pacific/Auckland' })).toBe(
      '2026-01-13T04:00:00.000Z',
    );
  });
});
